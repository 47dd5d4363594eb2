// The judge of `fair-select`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use fair_select::{Job, Scheduler};

const PROMISES: &[Promise] = &[
    Promise {
        name: "every-job-is-done",
        says: "All jobs are done, those of one client in order, and the machine does not idle.",
        check: every_job_is_done,
    },
    Promise {
        name: "no-client-starves",
        says: "A client whose neighbours always have jobs is served as well.",
        check: no_client_starves,
    },
    Promise {
        name: "shares-are-of-time",
        says: "A client with long jobs and one with short jobs get the same time.",
        check: shares_are_of_time,
    },
    Promise {
        name: "idleness-is-not-saved",
        says: "A client that was idle for long does not keep the others waiting when it is back.",
        check: idleness_is_not_saved,
    },
    Promise {
        name: "a-pause-does-not-pay",
        says: "A client that comes back after each job gets no more than its share.",
        check: a_pause_does_not_pay,
    },
];

fn job(client: usize, cost_ms: u64) -> Job {
    Job { client, cost_ms }
}

fn every_job_is_done() -> Verdict {
    let mut scheduler = Scheduler::new(3);
    let jobs: Vec<Job> = (0..30).map(|n| job(n % 2, 1 + n as u64)).collect();
    jobs.iter().for_each(|job| scheduler.hand_in(*job));
    let mut done = Vec::new();
    for _ in &jobs {
        let next = scheduler.next_job();
        done.push(next.ok_or("Expected: a job, for some wait. There was none.")?);
    }
    for client in 0..2 {
        let of = |jobs: &[Job]| -> Vec<u64> {
            let own = jobs.iter().filter(|job| job.client == client);
            own.map(|job| job.cost_ms).collect()
        };
        if of(&done) != of(&jobs) {
            return Err(format!(
                "Expected: the jobs of client {client} in the order {:?}. They were done as {:?}.",
                of(&jobs),
                of(&done)
            )
            .into());
        }
    }
    match scheduler.next_job() {
        None => Ok(()),
        Some(job) => Err(format!("Expected: all is done. There was {job:?} once more.").into()),
    }
}

/// The time that each client gets of the next so many milliseconds, if those that are named always have a job.
fn shares(scheduler: &mut Scheduler, busy: &[Job], clients: usize, until_ms: u64) -> Vec<u64> {
    // Each of them has two that wait, so that its queue is never seen empty.
    for job in busy.iter().chain(busy) {
        scheduler.hand_in(*job);
    }
    let mut shares = vec![0; clients];
    let mut now_ms = 0;
    while now_ms < until_ms {
        let Some(done) = scheduler.next_job() else {
            break;
        };
        now_ms += done.cost_ms;
        shares[done.client] += done.cost_ms;
        if let Some(again) = busy.iter().find(|job| job.client == done.client) {
            scheduler.hand_in(*again);
        }
    }
    shares
}

fn no_client_starves() -> Verdict {
    let mut scheduler = Scheduler::new(4);
    let busy = [0, 1, 2, 3].map(|client| job(client, 5));
    let shares = shares(&mut scheduler, &busy, 4, 4_000);
    if shares.iter().all(|share| (950..=1_050).contains(share)) {
        return Ok(());
    }
    Err(format!(
        "Expected: of 4,000 ms each of four equal clients gets about 1,000. They got {shares:?}."
    )
    .into())
}

fn shares_are_of_time() -> Verdict {
    let mut scheduler = Scheduler::new(3);
    let busy = [job(0, 100), job(1, 3), job(2, 40)];
    let shares = shares(&mut scheduler, &busy, 3, 30_000);
    if shares.iter().all(|share| (9_500..=10_500).contains(share)) {
        return Ok(());
    }
    Err(format!(
        "Expected: of 30,000 ms each client gets about 10,000; their jobs take 100, 3 and 40 ms. They got {shares:?}."
    )
    .into())
}

fn idleness_is_not_saved() -> Verdict {
    let mut scheduler = Scheduler::new(2);
    // Client 1 has had one job once, and is away for a minute.
    scheduler.hand_in(job(1, 10));
    shares(&mut scheduler, &[job(0, 10)], 2, 60_000);
    let shares = shares(&mut scheduler, &[job(1, 10)], 2, 200);
    if shares[0] > 0 {
        return Ok(());
    }
    Err("Expected: client 1, back after a minute, shares the next 200 ms with client 0, whose jobs still wait. \
         Client 1 got all of them."
        .into())
}

/// Client 1 has at most one job at a time, and hands in the next when the machine is through with the last.
fn a_pause_does_not_pay() -> Verdict {
    let mut scheduler = Scheduler::new(2);
    for _ in 0..400 {
        scheduler.hand_in(job(0, 10));
    }
    let mut shares = [0, 0];
    scheduler.hand_in(job(1, 30));
    for _ in 0..150 {
        let done = scheduler
            .next_job()
            .ok_or("Expected: a job, for some wait. There was none.")?;
        shares[done.client] += done.cost_ms;
        if done.client == 1 {
            scheduler.hand_in(job(1, 30));
        }
    }
    let [steady, pausing] = shares;
    if pausing <= steady + 60 && steady <= 2 * pausing + 60 {
        return Ok(());
    }
    Err(format!(
        "Expected: client 1, whose queue is empty while each of its jobs is done, gets its share and no more. \
         Client 0 got {steady} ms, client 1 {pausing} ms."
    )
    .into())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
