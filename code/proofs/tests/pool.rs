//! The elastic pool: no worker is lost in growth, shrinking and shutdown, and shutdown comes.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use proofs::schedules::prove;
use proofs::sync;
use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use shuttle::sync::{Barrier, Mutex};
use shuttle::thread;

#[path = "../../evolution/s05-elastic/src/pool.rs"]
mod pool;

use pool::{Pool, Waiting};

/// Schedules of each kind. Every mistake that we planted in the pool is found in fewer.
const SCHEDULES: usize = 500;

/// Who works, who has left, and what came of it.
#[derive(Default)]
struct Census {
    live: AtomicUsize,
    working: AtomicUsize,
    /// The most that have worked at once.
    most: AtomicUsize,
    handled: Mutex<Vec<usize>>,
}

/// Runs a stage as the step does: a producer, a controller, its workers, and the consumer.
fn stage(
    items: usize,
    census: &Census,
    decide: impl FnMut(usize, Option<Duration>) -> usize + Send,
    handle: impl Fn(usize) + Copy + Send,
) -> Vec<usize> {
    let pool = &Pool::new();
    thread::scope(|scope| {
        let (items_in, queue) = sync::bounded(2);
        let (results_in, results) = sync::bounded(1);
        scope.spawn(move || {
            for item in 0..items {
                if items_in.send(Waiting::new(item)).is_err() {
                    break;
                }
            }
        });
        scope.spawn(move || {
            let hire = || {
                let (queue, results_in) = (queue.clone(), results_in.clone());
                scope.spawn(move || {
                    census.live.fetch_add(1, SeqCst);
                    // A panic would end the execution; here it shall only end the worker.
                    let _ = catch_unwind(AssertUnwindSafe(|| {
                        pool.work(&queue, |item| {
                            let working = census.working.fetch_add(1, SeqCst) + 1;
                            census.most.fetch_max(working, SeqCst);
                            handle(item);
                            let is_sent = results_in.send(item).is_ok();
                            census.working.fetch_sub(1, SeqCst);
                            is_sent
                        });
                    }));
                    census.live.fetch_sub(1, SeqCst);
                });
            };
            pool.control(decide, hire);
        });
        std::iter::from_fn(|| results.recv().ok()).collect()
    })
}

fn sorted(mut items: Vec<usize>) -> Vec<usize> {
    items.sort_unstable();
    items
}

/// However the number changes, each item is handled once, and every worker leaves.
#[test]
fn every_item_is_handled_once_and_everybody_leaves() {
    prove(SCHEDULES, || {
        let census = &Census::default();
        let any_number = |_, _| thread_rng().gen_range(0..=3);
        let results = stage(6, census, any_number, |item| {
            census.handled.lock().unwrap().push(item);
        });
        assert_eq!(sorted(results), [0, 1, 2, 3, 4, 5]);
        let handled = census.handled.lock().unwrap().clone();
        assert_eq!(sorted(handled), [0, 1, 2, 3, 4, 5]);
        assert_eq!(census.live.load(SeqCst), 0, "a worker is left");
    });
}

/// Never do more workers work than are allowed, even if some who were asked to leave are busy yet.
#[test]
fn no_more_work_than_are_allowed() {
    prove(SCHEDULES, || {
        let census = &Census::default();
        let mut numbers = [2, 1].into_iter().cycle();
        let up_and_down = move |_, _| numbers.next().unwrap_or(1);
        stage(8, census, up_and_down, |_| thread::yield_now());
        let most = census.most.load(SeqCst);
        assert!(most <= 2, "{most} work at once");
    });
}

/// After any growth and shrinking there are as many workers as were wanted: an item is done only when
/// two workers hold one each, so with one worker too few this would wait for ever.
#[test]
fn nobody_is_lost() {
    prove(SCHEDULES, || {
        let census = &Census::default();
        let mut numbers = [3, 1, 2, 1, 3].into_iter();
        let then_two = move |_, _| numbers.next().unwrap_or(2);
        let pair = &Barrier::new(2);
        let results = stage(6, census, then_two, |_| {
            pair.wait();
        });
        assert_eq!(sorted(results), [0, 1, 2, 3, 4, 5]);
    });
}

/// The last worker stays, even if the controller wants none: all items are handled.
#[test]
fn one_always_stays() {
    prove(SCHEDULES, || {
        let census = &Census::default();
        let mut number = Some(2);
        let then_none = move |_, _| number.take().unwrap_or(0);
        let results = stage(4, census, then_none, |_| {});
        assert_eq!(sorted(results), [0, 1, 2, 3]);
    });
}

/// Workers that panic take their item with them and nothing else, and the stage ends: with those who
/// are left, or, when none is, without.
#[test]
fn a_panic_hangs_nobody() {
    prove(SCHEDULES, || {
        let census = &Census::default();
        let any_number = |_, _| thread_rng().gen_range(1..=2);
        let results = stage(4, census, any_number, |item| {
            if item % 2 == 1 {
                resume_unwind(Box::new("an odd item")); // silently, unlike a panic
            }
        });
        assert!(
            results.iter().all(|item| [0, 2].contains(item)),
            "{results:?}"
        );
        assert_eq!(census.live.load(SeqCst), 0, "a worker is left");
    });
}

/// When the results are not wanted any more, the stage ends, whatever is still in its queue.
#[test]
fn nobody_works_for_nobody() {
    prove(SCHEDULES, || {
        let pool = &Pool::new();
        thread::scope(|scope| {
            let (items_in, queue) = sync::bounded(1);
            scope.spawn(move || while items_in.send(Waiting::new(())).is_ok() {});
            scope.spawn(move || {
                let hire = || {
                    let queue = queue.clone();
                    scope.spawn(move || pool.work(&queue, |()| false));
                };
                pool.control(|_, _| 2, hire);
            });
        });
    });
}
