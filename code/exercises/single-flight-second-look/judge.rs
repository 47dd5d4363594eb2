// The judge of `single-flight-second-look`.

use std::process::ExitCode;

use drill::channel::{Receiver, Sender, unbounded};
use drill::sync::Arc;
use drill::thread::{JoinHandle, named, spawn};
use drill::{Promise, Verdict, schedules, trace};
use single_flight_second_look::Cache;

const TRIES: u64 = 3_000;

const PROMISES: &[Promise] = &[
    Promise {
        name: "what-is-known-is-not-asked",
        says: "One thread that wants a client twice asks once, and leaves no flight behind.",
        check: what_is_known_is_not_asked,
    },
    Promise {
        name: "asked-once",
        says: "Three threads want the same client, in any order, and the directory is asked once.",
        check: asked_once,
    },
    Promise {
        name: "other-clients-do-not-wait",
        says: "Questions for two clients are under way at the same time.",
        check: other_clients_do_not_wait,
    },
];

/// The directory: notes each question.
fn ask(client: u32, asked: &Sender<u32>) -> u32 {
    trace::note(format!("the directory is asked for client {client}"));
    asked.send(client).expect("the judge counts");
    client + 100
}

fn what_is_known_is_not_asked() -> Verdict {
    schedules(1, || {
        let cache = Cache::new();
        let (asked, questions) = unbounded();
        for client in [7, 8, 7] {
            let holder = cache.get(client, || ask(client, &asked));
            expect("the holder", holder, client + 100)?;
        }
        expect(
            "the number of flights in the end",
            count(cache.under_way()),
            0,
        )?;
        expect(
            "the number of questions for two clients",
            count(questions.len()),
            2,
        )
    })
}

fn asked_once() -> Verdict {
    schedules(TRIES, || {
        let cache = Arc::new(Cache::new());
        let (asked, questions) = unbounded();
        let tasks = ["task A", "task B", "task C"].map(|name| {
            let (cache, asked) = (Arc::clone(&cache), asked.clone());
            let want = move || cache.get(7, || ask(7, &asked));
            spawn(named(name, want))
        });
        for task in tasks {
            expect("the holder", joined(task), 107)?;
        }
        expect(
            "the number of flights in the end",
            count(cache.under_way()),
            0,
        )?;
        expect(
            "the number of questions for one client",
            count(questions.len()),
            1,
        )
    })
}

/// Each question is answered only when the other one was put as well.
fn other_clients_do_not_wait() -> Verdict {
    schedules(300, || {
        let cache = Arc::new(Cache::new());
        let meeting = [unbounded(), unbounded()];
        let [(to_a, at_a), (to_b, at_b)] = meeting;
        let task = |name, client, tell: Sender<()>, hear: Receiver<()>| {
            let cache = Arc::clone(&cache);
            let ask = move || {
                trace::note(format!("the directory is asked for client {client}"));
                tell.send(()).expect("the other asks");
                hear.recv().expect("the other asks");
                client + 100
            };
            spawn(named(name, move || cache.get(client, ask)))
        };
        let a = task("task A", 7, to_b, at_a);
        let b = task("task B", 8, to_a, at_b);
        expect("the holder", joined(a), 107)?;
        expect("the holder", joined(b), 108)
    })
}

fn joined(task: JoinHandle<u32>) -> u32 {
    task.join().expect("the task ends")
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("few")
}

fn expect(what: &str, is: u32, expected: u32) -> Result<(), String> {
    if is == expected {
        Ok(())
    } else {
        Err(format!("Expected: {what} is {expected}. It is {is}."))
    }
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
