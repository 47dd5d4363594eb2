//! Workers with a queue each, which steal from each other.

use std::collections::VecDeque;

use drill::sync::{Condvar, Mutex};

/// A job, by its number.
pub type Job = u32;

/// The queues of all workers.
#[derive(Debug)]
pub struct Pool {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    queues: Vec<VecDeque<Job>>,
    /// Jobs that were taken and are not finished: each may bring new ones.
    at_work: usize,
}

impl Pool {
    /// The queues of so many workers; the first one has these jobs.
    pub fn new(workers: usize, jobs: impl IntoIterator<Item = Job>) -> Pool {
        let mut queues = vec![VecDeque::new(); workers];
        queues[0].extend(jobs);
        Pool {
            state: Mutex::new(State { queues, at_work: 0 }),
            changed: Condvar::new(),
        }
    }

    /// The next job for a worker: from its own queue, or else from another's. None if all work is done.
    pub fn next(&self, worker: usize) -> Option<Job> {
        let mut state = self.state.lock().unwrap();
        loop {
            if let Some(job) = state.take(worker) {
                state.at_work += 1;
                return Some(job);
            }
            if state.at_work == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap();
        }
    }

    /// A worker has finished its job, which has brought new ones.
    pub fn finish(&self, worker: usize, new: impl IntoIterator<Item = Job>) {
        self.state.lock().unwrap().at_work -= 1;
        self.changed.notify_all();
        self.state.lock().unwrap().queues[worker].extend(new);
        self.changed.notify_all();
    }
}

impl State {
    /// The worker's newest job, or the oldest of another worker.
    fn take(&mut self, worker: usize) -> Option<Job> {
        let own = self.queues[worker].pop_back();
        own.or_else(|| self.queues.iter_mut().find_map(VecDeque::pop_front))
    }
}
