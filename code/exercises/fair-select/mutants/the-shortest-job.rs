//! A scheduler: clients hand in jobs, and one machine does one job at a time.

use std::collections::VecDeque;

/// A job of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// The client, counted from 0.
    pub client: usize,
    /// How long the machine is busy with it, in milliseconds.
    pub cost_ms: u64,
}

/// The jobs that wait, a queue for each client.
#[derive(Debug)]
pub struct Scheduler {
    queues: Vec<VecDeque<Job>>,
}

impl Scheduler {
    /// A scheduler for so many clients.
    pub fn new(clients: usize) -> Scheduler {
        Scheduler {
            queues: vec![VecDeque::new(); clients],
        }
    }

    /// A client hands in a job.
    pub fn hand_in(&mut self, job: Job) {
        self.queues[job.client].push_back(job);
    }

    /// The job that the machine does next; none if none waits. All clients whose jobs wait get the same share of the
    /// machine's *time*.
    pub fn next_job(&mut self) -> Option<Job> {
        let waiting = self.queues.iter_mut().filter(|queue| !queue.is_empty());
        let queue = waiting.min_by_key(|queue| queue[0].cost_ms);
        queue?.pop_front()
    }
}
