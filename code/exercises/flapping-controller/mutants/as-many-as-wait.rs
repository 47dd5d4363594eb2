//! A controller: from what is seen of a stage, how many workers it should have.

/// What is seen of a stage at one look. There are a thousand looks a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Items that wait for a worker.
    pub waiting: usize,
    /// Workers that wait for an item.
    pub idle: usize,
}

/// Decides how many workers a stage has.
#[derive(Debug)]
pub struct Controller {
    workers: usize,
    workers_max: usize,
}

impl Controller {
    /// A controller that starts with one worker, and has at least one and at most `workers_max`.
    pub fn new(workers_max: usize) -> Controller {
        Controller {
            workers: 1,
            workers_max,
        }
    }

    /// How many workers there should be, after one more look.
    pub fn decide(&mut self, seen: Seen) -> usize {
        // As many as there is work for.
        self.set(self.workers + seen.waiting - seen.idle.min(self.workers));
        self.workers
    }

    /// Sets the number, within the limits.
    fn set(&mut self, workers: usize) {
        self.workers = workers.clamp(1, self.workers_max);
    }
}
