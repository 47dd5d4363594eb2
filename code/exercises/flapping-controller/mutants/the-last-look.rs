//! A controller: from what is seen of a stage, how many workers it should have.

/// So many looks in a row at which workers were short are no burst that passes.
const LOOKS_TO_GROW: usize = 5;

/// So many looks without need are no lull. Ten times as many: a worker too few delays all items, a worker too many costs little.
const LOOKS_TO_SHRINK: usize = 50;

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
    /// Looks in a row at which workers were short.
    short: usize,
    /// Looks since the last decision.
    looks: usize,
    /// The idle workers at the last of them.
    idle: usize,
}

impl Controller {
    /// A controller that starts with one worker, and has at least one and at most `workers_max`.
    pub fn new(workers_max: usize) -> Controller {
        Controller {
            workers: 1,
            workers_max,
            short: 0,
            looks: 0,
            idle: usize::MAX,
        }
    }

    /// How many workers there should be, after one more look.
    pub fn decide(&mut self, seen: Seen) -> usize {
        let is_short = seen.waiting > 0 && seen.idle == 0;
        self.short = if is_short { self.short + 1 } else { 0 };
        self.looks += 1;
        self.idle = seen.idle;
        if self.short >= LOOKS_TO_GROW {
            self.set(self.workers + self.workers.div_ceil(2));
        } else if self.looks >= LOOKS_TO_SHRINK {
            // Half of those that had nothing to do at any look. A single one stays, as a reserve.
            self.set(self.workers - self.idle / 2);
        }
        self.workers
    }

    /// Sets the number, within the limits, and forgets what was seen before.
    fn set(&mut self, workers: usize) {
        *self = Controller {
            workers: workers.clamp(1, self.workers_max),
            ..Controller::new(self.workers_max)
        };
    }
}
