// The judge of `single-flight-panic`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use drill::sync::Arc;
use drill::thread::{JoinHandle, named, spawn, yield_now};
use drill::{Promise, Verdict, schedules, trace};
use single_flight_panic::Flights;

const TRIES: u64 = 1_500;

const PROMISES: &[Promise] = &[
    Promise {
        name: "followers-share",
        says: "Tasks that want the same client at the same time have the same answer.",
        check: followers_share,
    },
    Promise {
        name: "no-follower-is-left",
        says: "A leader panics, and each task ends: with an answer, or with its own panic.",
        check: no_follower_is_left,
    },
    Promise {
        name: "one-panic-a-question",
        says: "A panic reaches the task whose question panicked, and no other.",
        check: one_panic_a_question,
    },
    Promise {
        name: "one-question-at-a-time",
        says: "Also after a panic, one question for a client is under way at a time.",
        check: one_question_at_a_time,
    },
    Promise {
        name: "the-next-is-served",
        says: "A task that comes after a panic finds no trace of it.",
        check: the_next_is_served,
    },
];

/// The directory, which notes whether two questions were under way at a time. Its counters are the judge's own: no schedule
/// is chosen at them.
#[derive(Default)]
struct Directory {
    under_way: AtomicUsize,
    overlaps: AtomicBool,
}

impl Directory {
    fn ask(&self, client: u32, panics: bool) -> u32 {
        trace::note(format!("the directory is asked for client {client}"));
        if self.under_way.fetch_add(1, Relaxed) > 0 {
            self.overlaps.store(true, Relaxed);
        }
        yield_now();
        self.under_way.fetch_sub(1, Relaxed);
        if panics {
            trace::note("the question panics");
            panic!("the directory talks nonsense");
        }
        client + 100
    }
}

/// Tasks that want client 7; some of their questions panic. What each has in the end: nothing if it panicked.
fn run<const N: usize>(panics: [bool; N]) -> ([Option<u32>; N], bool, usize) {
    let flights = Arc::new(Flights::new());
    let directory = Arc::new(Directory::default());
    let mut number = 0;
    let tasks: [JoinHandle<Option<u32>>; N] = panics.map(|panics| {
        number += 1;
        let (flights, directory) = (Arc::clone(&flights), Arc::clone(&directory));
        spawn(named(format!("task {number}"), move || {
            let want = || flights.get(7, || directory.ask(7, panics));
            catch_unwind(AssertUnwindSafe(want)).ok()
        }))
    });
    let answers = tasks.map(|task| task.join().expect("its panic is caught"));
    (
        answers,
        directory.overlaps.load(Relaxed),
        flights.under_way(),
    )
}

fn followers_share() -> Verdict {
    schedules(TRIES, || {
        let (answers, overlaps, _) = run([false, false, false]);
        if overlaps {
            return Err("Expected: one question is under way at a time. There were two.".into());
        }
        expect_all(&answers, &[Some(107); 3])
    })
}

fn no_follower_is_left() -> Verdict {
    schedules(TRIES, || {
        let (answers, ..) = run([true, false, false]);
        expect_all(&answers[1..], &[Some(107); 2])
    })
}

fn one_panic_a_question() -> Verdict {
    schedules(TRIES, || {
        let (answers, ..) = run([true, true, false]);
        // A follower has the answer of its leader; a task whose own question panics has none.
        expect_all(&answers[2..], &[Some(107)])?;
        let wrong = answers[..2].iter().flatten().find(|holder| **holder != 107);
        wrong.map_or(Ok(()), |wrong| {
            Err(format!(
                "Expected: a task has the holder 107, or panics. One has {wrong}."
            ))
        })
    })
}

fn one_question_at_a_time() -> Verdict {
    schedules(TRIES, || {
        let (_, overlaps, _) = run([true, false, false]);
        if overlaps {
            return Err("Expected: one question is under way at a time. There were two.".into());
        }
        Ok(())
    })
}

fn the_next_is_served() -> Verdict {
    schedules(TRIES, || {
        let (_, _, under_way) = run([true, true]);
        if under_way != 0 {
            return Err(format!(
                "Expected: no flight is under way when all tasks have ended. There are {under_way}."
            ));
        }
        Ok(())
    })
}

fn expect_all(answers: &[Option<u32>], expected: &[Option<u32>]) -> Result<(), String> {
    if answers == expected {
        return Ok(());
    }
    let told =
        |answer: &Option<u32>| answer.map_or("a panic".to_owned(), |holder| holder.to_string());
    let told = |answers: &[Option<u32>]| answers.iter().map(told).collect::<Vec<_>>().join(", ");
    Err(format!(
        "Expected: the tasks whose questions do not panic have {}. They have {}.",
        told(expected),
        told(answers)
    ))
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
