//! A scheduler in one loop: tenants submit jobs, workers say that they are free, and shares decide.
//!
//! A worker says that it is free by sending its own mailbox, so the scheduler knows no worker that has
//! not just spoken. Left out: workers that die with a job, for which the scheduler would have to keep a copy.

use std::collections::VecDeque;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, never, select_biased, unbounded};

use crate::stride::Stride;

/// A piece of work, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// Who wants it.
    pub tenant: usize,
    /// Which of the tenant's jobs it is.
    pub number: u32,
}

// ANCHOR: schedule
/// Gives jobs to free workers until all are given, or until `stop` ends. Returns them
/// in that order.
pub fn schedule(
    shares: &[u64],
    mut submitted: Receiver<Job>,
    idle: &Receiver<Sender<Job>>,
    stop: &Receiver<()>,
) -> Vec<Job> {
    let mut waiting = vec![VecDeque::new(); shares.len()];
    let mut stride = Stride::new(shares);
    let (no_worker, mut given) = (never(), Vec::new());
    let mut is_open = true;
    loop {
        let has_work = waiting.iter().any(|queue| !queue.is_empty());
        if !is_open && !has_work {
            return given;
        }
        // A guard: without work we have nothing for a free worker, and do not listen.
        let free = if has_work { idle } else { &no_worker };
        // The order is a policy: whether to go on, who is new, who is served.
        select_biased! {
            recv(stop) -> _ => return given,
            recv(submitted) -> job => match job {
                Ok(job) => waiting[job.tenant].push_back(job),
                // It has ended, and is always ready. From now on we listen to none.
                Err(_) => (is_open, submitted) = (false, never()),
            },
            recv(free) -> worker => {
                let tenant = stride.choose(|tenant| !waiting[tenant].is_empty());
                let tenant = tenant.expect("there is work");
                let job = waiting[tenant].pop_front().expect("the tenant has work");
                stride.charge(tenant, 1);
                given.push(job);
                // A worker may have died since it said so. Then its job is lost.
                let _ = worker.expect("the workers end after us").send(job);
            }
        }
    }
}
// ANCHOR_END: schedule

// ANCHOR: worker
/// Says that it is free, waits for a job, does it, until there is no scheduler.
fn work(idle: &Sender<Sender<Job>>, mut job: impl FnMut(Job)) {
    loop {
        // A mailbox for one letter. The scheduler gets the only sender: if it dies, we
        // hear of it.
        let (mailbox, letter) = bounded(1);
        if idle.send(mailbox).is_err() {
            return;
        }
        let Ok(next) = letter.recv() else { return };
        job(next);
    }
}
// ANCHOR_END: worker

/// Every tenant submits so many jobs, and so many workers do them. Returns the jobs in the order in which
/// they were given out, and how many were done.
pub fn run(shares: &[u64], jobs: u32, workers: usize) -> (Vec<Job>, u64) {
    let (submit, submitted) = unbounded();
    for number in 0..jobs {
        for tenant in 0..shares.len() {
            submit.send(Job { tenant, number }).expect("we have both");
        }
    }
    drop(submit);
    let (_go_on, stop) = bounded(0);
    thread::scope(|scope| {
        let (idle_in, idle) = bounded(0);
        let workers: Vec<_> = (0..workers)
            .map(|_| {
                let idle_in = idle_in.clone();
                scope.spawn(move || {
                    let mut done = 0_u64;
                    work(&idle_in, |_| done += 1);
                    done
                })
            })
            .collect();
        let given = schedule(shares, submitted, &idle, &stop);
        // Now the scheduler no longer hears that a worker is free, and that is how it learns of the end.
        drop(idle);
        let done = workers.into_iter().map(thread::ScopedJoinHandle::join);
        let done = done
            .map(|done| done.expect("a worker does not panic"))
            .sum();
        (given, done)
    })
}
