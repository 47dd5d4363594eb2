// The judge of `no-question-under-a-lock`.

use std::process::ExitCode;

use drill::sync::{Arc, Condvar, Mutex};
use drill::thread::{named, spawn};
use drill::{Promise, Verdict, schedules, trace};
use no_question_under_a_lock::Cache;

const TRIES: u64 = 1_000;

const PROMISES: &[Promise] = &[
    Promise {
        name: "what-is-known-is-not-asked",
        says: "A client is asked for once, and its answer is then known.",
        check: what_is_known_is_not_asked,
    },
    Promise {
        name: "questions-overlap",
        says: "While one worker waits for an answer, another one can ask for another client.",
        check: questions_overlap,
    },
    Promise {
        name: "one-answer-for-all",
        says: "Two workers that ask for one client go by the same answer, and it stays.",
        check: one_answer_for_all,
    },
];

fn what_is_known_is_not_asked() -> Verdict {
    schedules(1, || {
        let cache = Cache::new();
        let mut asked = 0;
        for client in [7, 8, 7, 7] {
            let holder = cache.get(client, || {
                asked += 1;
                client + 100
            });
            if holder != client + 100 {
                return Err(format!(
                    "Expected: the holder of {client} is {}. It is {holder}.",
                    client + 100
                ));
            }
        }
        if asked == 2 {
            return Ok(());
        }
        Err(format!(
            "Expected: for the clients 7, 8, 7 and 7 there are 2 questions. There were {asked}."
        ))
    })
}

/// A directory that answers when two questions are there, and not before.
fn questions_overlap() -> Verdict {
    let verdict = schedules(TRIES, || {
        let cache = Arc::new(Cache::new());
        let directory = Arc::new((Mutex::new(0), Condvar::new()));
        let workers = [("worker A", 7), ("worker B", 8)].map(|(name, client)| {
            let (cache, directory) = (Arc::clone(&cache), Arc::clone(&directory));
            spawn(named(name, move || {
                cache.get(client, || {
                    trace::note(format!("asks for {client}"));
                    let (asked, told) = &*directory;
                    *asked.lock().unwrap() += 1;
                    told.notify_all();
                    let waiting = asked.lock().unwrap();
                    drop(told.wait_while(waiting, |asked| *asked < 2));
                    client + 100
                })
            }))
        });
        for worker in workers {
            worker.join().expect("the worker ends");
        }
        Ok(())
    });
    verdict.map_err(|broken| {
        broken
            .with_note("Here the directory answers when both questions have come, and not before.")
    })
}

fn one_answer_for_all() -> Verdict {
    schedules(TRIES, || {
        let cache = Arc::new(Cache::new());
        let answers = Arc::new(Mutex::new(0));
        let workers = ["worker A", "worker B"].map(|name| {
            let (cache, answers) = (Arc::clone(&cache), Arc::clone(&answers));
            spawn(named(name, move || {
                cache.get(7, || {
                    let mut answers = answers.lock().unwrap();
                    *answers += 1;
                    trace::note(format!("asks for 7, and is told {answers}"));
                    *answers
                })
            }))
        });
        let told = workers.map(|worker| worker.join().expect("the worker ends"));
        let later = cache.get(7, || 0);
        if told == [later, later] {
            return Ok(());
        }
        Err(format!(
            "Expected: all go by one answer. The two workers go by {told:?}, and a third by {later}."
        ))
    })
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
