// The judge of `all-work-is-done`.

use std::process::ExitCode;

use all_work_is_done::{Job, Pool};
use drill::sync::{Arc, Condvar, Mutex};
use drill::thread::{named, spawn};
use drill::{Promise, Verdict, schedules, trace};

const TRIES: u64 = 1_000;

const PROMISES: &[Promise] = &[
    Promise {
        name: "every-job-once",
        says: "All jobs are done, each of them once, and then all workers leave.",
        check: every_job_once,
    },
    Promise {
        name: "jobs-are-stolen",
        says: "A worker whose queue is empty does the jobs of another.",
        check: jobs_are_stolen,
    },
    Promise {
        name: "none-leaves-early",
        says: "No worker leaves while another one is at a job that may bring new ones.",
        check: none_leaves_early,
    },
];

/// Workers that do jobs until there are none, and what they have done.
fn done(workers: usize, jobs: &[Job], work: fn(Job) -> Vec<Job>) -> Vec<Job> {
    let pool = Arc::new(Pool::new(workers, jobs.iter().copied()));
    let threads: Vec<_> = (0..workers)
        .map(|worker| {
            let pool = Arc::clone(&pool);
            let name = ["worker A", "worker B", "worker C"][worker];
            spawn(named(name, move || {
                let mut done = Vec::new();
                while let Some(job) = pool.next(worker) {
                    let new = work(job);
                    done.push(job);
                    trace::note(format!("has done {job}, which brings {new:?}"));
                    pool.finish(worker, new);
                }
                trace::note("goes home");
                done
            }))
        })
        .collect();
    let done = threads
        .into_iter()
        .map(|thread| thread.join().expect("the worker ends"));
    let mut done: Vec<Job> = done.flatten().collect();
    done.sort_unstable();
    done
}

/// A job of two digits brings two of one.
fn splits(job: Job) -> Vec<Job> {
    if job < 10 {
        Vec::new()
    } else {
        vec![job / 10, job % 10]
    }
}

fn every_job_once() -> Verdict {
    schedules(TRIES, || {
        for (jobs, expected) in [(&[][..], &[][..]), (&[12, 34], &[1, 2, 3, 4, 12, 34])] {
            let done = done(3, jobs, splits);
            if done != expected {
                return Err(format!(
                    "The first worker has the jobs {jobs:?}. Expected: {expected:?} are done in the end. It were {done:?}."
                ));
            }
        }
        Ok(())
    })
}

/// Two jobs that can only be finished together.
fn jobs_are_stolen() -> Verdict {
    schedules(TRIES, || {
        let pool = Arc::new(Pool::new(2, [1, 2]));
        let met = Arc::new((Mutex::new(0), Condvar::new()));
        let workers = [(0, "worker A"), (1, "worker B")].map(|(worker, name)| {
            let (pool, met) = (Arc::clone(&pool), Arc::clone(&met));
            spawn(named(name, move || {
                while let Some(job) = pool.next(worker) {
                    trace::note(format!(
                        "begins {job}, and waits for the other job to be begun"
                    ));
                    meet(&met);
                    pool.finish(worker, []);
                }
            }))
        });
        for worker in workers {
            worker.join().expect("the worker ends");
        }
        Ok(())
    })
}

fn meet((count, told): &(Mutex<u32>, Condvar)) {
    let mut count = count.lock().unwrap();
    *count += 1;
    told.notify_all();
    drop(told.wait_while(count, |count| *count < 2));
}

/// A job brings two others, which can only be finished together: by two workers that are still there.
fn none_leaves_early() -> Verdict {
    schedules(TRIES, || {
        let pool = Arc::new(Pool::new(2, [12]));
        let met = Arc::new((Mutex::new(0), Condvar::new()));
        let workers = [(0, "worker A"), (1, "worker B")].map(|(worker, name)| {
            let (pool, met) = (Arc::clone(&pool), Arc::clone(&met));
            spawn(named(name, move || {
                while let Some(job) = pool.next(worker) {
                    let new = splits(job);
                    if new.is_empty() {
                        trace::note(format!(
                            "begins {job}, and waits for the other job to be begun"
                        ));
                        meet(&met);
                    } else {
                        trace::note(format!("opens {job}, which brings {new:?}"));
                    }
                    pool.finish(worker, new);
                }
                trace::note("goes home");
            }))
        });
        for worker in workers {
            worker.join().expect("the worker ends");
        }
        Ok(())
    })
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
