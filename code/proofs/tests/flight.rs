//! Single flight: one flight a key at a time, and every task lands, whatever becomes of the leader.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::task::Poll;

use proofs::schedules::prove;
use proofs::sync;
use shuttle::future::{block_on, spawn, yield_now};
use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use shuttle::sync::{Arc, Mutex};

#[path = "../../evolution/s08-coalesce/src/flight.rs"]
mod flight;

use flight::SingleFlight;

/// Schedules tried by each check; more have found nothing more.
const SCHEDULES: usize = 2_000;

const KEYS: usize = 2;
const TASKS: usize = 5;

/// What the flights are for: a remote place that must not be asked twice for one key at a time.
#[derive(Default)]
struct Remote {
    asking: [AtomicUsize; KEYS],
    asked: [AtomicUsize; KEYS],
}

/// Says that a question is over, also when its task is cancelled or panics.
struct Asking<'a>(&'a AtomicUsize);

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

impl Remote {
    async fn ask<T>(&self, key: usize, answer: impl FnOnce() -> T) -> T {
        assert_eq!(self.asking[key].fetch_add(1, SeqCst), 0, "two flights");
        let _asking = Asking(&self.asking[key]);
        yield_now().await;
        self.asked[key].fetch_add(1, SeqCst);
        answer()
    }
}

/// Several tasks that each want one of the keys; their answers, and what was asked.
fn all_land<T, F>(task: impl Fn(Arc<Remote>, SingleFlight<usize, T>, usize) -> F) -> Vec<F::Output>
where
    T: Clone + Send + 'static,
    F: Future<Output: Send> + Send + 'static,
{
    block_on(async {
        let (remote, flights) = (Arc::new(Remote::default()), SingleFlight::default());
        let tasks: Vec<_> = (0..TASKS)
            .map(|number| {
                let seat = flights.clone();
                spawn(task(Arc::clone(&remote), seat, number % KEYS))
            })
            .collect();
        let mut landed = Vec::new();
        for task in tasks {
            landed.push(task.await.expect("it was not cancelled"));
        }
        assert_eq!(flights.under_way(), 0, "a flight is left");
        landed
    })
}

/// No task asks for what is being asked for, and each gets the answer to its own question.
#[test]
fn one_flight_a_key_and_everybody_lands() {
    prove(SCHEDULES, || {
        let landed = all_land(|remote, flights, key| async move {
            let answer = flights.board(&key).answer(|| remote.ask(key, || 10 + key));
            (key, answer.await)
        });
        assert!(landed.iter().all(|(key, answer)| *answer == 10 + key));
    });
}

/// With a cache that the leader looks into again, and fills before it lands, a key is asked for once.
#[test]
fn behind_a_cache_a_key_is_asked_for_once() {
    prove(SCHEDULES, || {
        let cache = &Arc::new(Mutex::new(HashMap::new()));
        let landed = all_land(move |remote, flights, key| {
            let cache = Arc::clone(cache);
            async move {
                let known = cache.lock().unwrap().get(&key).copied();
                if known.is_none() {
                    let seat = flights.board(&key);
                    seat.answer(|| async {
                        let landed = cache.lock().unwrap().get(&key).copied();
                        if landed.is_none() {
                            remote.ask(key, || ()).await;
                            cache.lock().unwrap().insert(key, ());
                        }
                    })
                    .await;
                }
                remote.asked[key].load(SeqCst)
            }
        });
        assert_eq!(landed, [1; TASKS]);
    });
}

/// A failure is shared: each task on the flight has it, and none of them asks again.
#[test]
fn a_failure_is_for_all_on_the_flight() {
    prove(SCHEDULES, || {
        let landed = all_land(|remote, flights, key| async move {
            let seat = flights.board(&key);
            let leads = seat.leads();
            let answer: Result<(), ()> = seat.answer(|| remote.ask(key, || Err(()))).await;
            (leads, answer, remote.asked[key].load(SeqCst))
        });
        let led = landed.iter().filter(|(leads, ..)| *leads).count();
        let asked = landed.iter().map(|(.., asked)| asked).max();
        assert!(landed.iter().all(|(_, answer, _)| answer.is_err()));
        assert!(asked.is_some_and(|asked| *asked <= led), "a follower asked");
    });
}

/// A leader that panics takes no other along: all others land.
#[test]
fn a_panic_hangs_nobody() {
    prove(SCHEDULES, || {
        let landed = all_land(|remote, flights, key| async move {
            let is_bad = thread_rng().gen_bool(0.5);
            let mut answer = pin!(flights.board(&key).answer(|| remote.ask(key, || {
                if is_bad {
                    resume_unwind(Box::new("bad luck")); // silently, unlike a panic
                }
                7
            })));
            // A panic would end the execution; here it shall only end the task.
            let landed = poll_fn(|context| {
                let poll = AssertUnwindSafe(|| answer.as_mut().poll(context));
                match catch_unwind(poll) {
                    Ok(poll) => poll.map(Some),
                    Err(_) => Poll::Ready(None),
                }
            });
            (is_bad, landed.await)
        });
        assert!(
            landed
                .iter()
                .all(|(is_bad, answer)| *is_bad || *answer == Some(7))
        );
    });
}

/// Leaders and followers are cancelled at any time: all others land.
#[test]
fn a_cancellation_hangs_nobody() {
    prove(SCHEDULES, || {
        let landed = all_land(|remote, flights, key| async move {
            let mut polls_left = thread_rng().gen_range(0..4);
            let may_stay = polls_left == 0;
            let mut answer = pin!(Some(flights.board(&key).answer(|| remote.ask(key, || 7))));
            let landed = poll_fn(|context| {
                let poll = answer.as_mut().as_pin_mut().expect("not dropped");
                let poll = poll.poll(context).map(Some);
                polls_left -= 1;
                if poll.is_pending() && polls_left == 0 {
                    answer.set(None); // that is what cancelling is
                    return Poll::Ready(None);
                }
                poll
            });
            (may_stay, landed.await)
        });
        assert!(
            landed
                .iter()
                .all(|(may_stay, answer)| !*may_stay || *answer == Some(7))
        );
    });
}
