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
    /// What each client has had, in milliseconds, as far as it counts.
    had_ms: Vec<u64>,
    /// What the client had that was served last, before it was served: no client that has come since has had less.
    now_ms: u64,
}

impl Scheduler {
    /// A scheduler for so many clients.
    pub fn new(clients: usize) -> Scheduler {
        Scheduler {
            queues: vec![VecDeque::new(); clients],
            had_ms: vec![0; clients],
            now_ms: 0,
        }
    }

    /// A client hands in a job.
    pub fn hand_in(&mut self, job: Job) {
        let had_ms = &mut self.had_ms[job.client];
        if self.queues[job.client].is_empty() {
            // What it did not take while it was away is gone.
            *had_ms = (*had_ms).max(self.now_ms);
        }
        self.queues[job.client].push_back(job);
    }

    /// The job that the machine does next; none if none waits. All clients whose jobs wait get the same share of the
    /// machine's *time*.
    pub fn next_job(&mut self) -> Option<Job> {
        let waiting = (0..self.queues.len()).filter(|client| !self.queues[*client].is_empty());
        let client = waiting.min_by_key(|client| self.had_ms[*client])?;
        let job = self.queues[client].pop_front()?;
        self.now_ms = self.had_ms[client];
        self.had_ms[client] += job.cost_ms;
        Some(job)
    }
}
