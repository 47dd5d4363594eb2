//! The scheduler once more, among tasks on one thread: to hand over a job, no other thread is woken.
//!
//! Left out: the stop signal, which would be one more branch.

use std::collections::VecDeque;

use tokio::runtime::Builder;
use tokio::sync::mpsc::{Receiver, Sender, UnboundedReceiver, channel, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::scheduler::Job;
use crate::stride::Stride;

/// Where a worker waits for its next job.
type Mailbox = oneshot::Sender<Job>;

// ANCHOR: tasks
/// Gives jobs to free workers until all are given. Returns them in that order.
async fn schedule(
    shares: &[u64],
    mut submitted: UnboundedReceiver<Job>,
    mut idle: Receiver<Mailbox>,
) -> Vec<Job> {
    let mut waiting = vec![VecDeque::new(); shares.len()];
    let mut stride = Stride::new(shares);
    let (mut is_open, mut given) = (true, Vec::new());
    loop {
        let has_work = waiting.iter().any(|queue| !queue.is_empty());
        tokio::select! {
            biased;
            job = submitted.recv(), if is_open => match job {
                Some(job) => waiting[job.tenant].push_back(job),
                None => is_open = false,
            },
            worker = idle.recv(), if has_work => {
                let tenant = stride.choose(|tenant| !waiting[tenant].is_empty());
                let tenant = tenant.expect("there is work");
                let job = waiting[tenant].pop_front().expect("the tenant has work");
                stride.charge(tenant, 1);
                given.push(job);
                // As among threads: the job of a worker that has died is lost.
                let _ = worker.expect("the workers end after us").send(job);
            }
            else => return given,
        }
    }
}
// ANCHOR_END: tasks

/// Says that it is free, waits for a job, does it. Returns how many it did.
async fn work(idle: Sender<Mailbox>) -> u64 {
    let mut done = 0;
    loop {
        let (mailbox, letter) = oneshot::channel();
        if idle.send(mailbox).await.is_err() || letter.await.is_err() {
            return done;
        }
        done += 1;
    }
}

/// As [`scheduler::run`](crate::scheduler::run), with a task for each worker.
pub fn run(shares: &[u64], jobs: u32, workers: usize) -> (Vec<Job>, u64) {
    let runtime = Builder::new_current_thread().build();
    let runtime = runtime.expect("a thread is all it needs");
    runtime.block_on(async {
        let (submit, submitted) = unbounded_channel();
        for number in 0..jobs {
            for tenant in 0..shares.len() {
                submit.send(Job { tenant, number }).expect("we have both");
            }
        }
        drop(submit);
        let (idle_in, idle) = channel(1);
        let mut tasks: JoinSet<u64> = (0..workers).map(|_| work(idle_in.clone())).collect();
        let given = schedule(shares, submitted, idle).await;
        let mut done = 0;
        while let Some(of_one) = tasks.join_next().await {
            done += of_one.expect("a worker does not panic");
        }
        (given, done)
    })
}
