//! The controller: from what was seen, how many workers there should be.
//!
//! After the thread-pool controllers of SEDA (Welsh, Culler, Brewer; SOSP 2001), which add a thread
//! when the queue is long and remove one that was idle for a while. What counts as long is a time and
//! not a length, and it must have lasted, both after CoDel (RFC 8289).
//!
//! It has no clock and no threads: it is told what was seen at each look, and counts looks. A
//! controller that the machine did not let run has seen nothing, and does nothing.

use std::time::Duration;

/// So many looks in a row at a queue that nobody serves are not a burst: hire.
const LOOKS_TO_GROW: usize = 5;

/// So many looks without need are not a pause: retire. Ten times as long, since a worker too few delays
/// the lines behind it, and a worker too many costs a little memory.
const LOOKS_TO_SHRINK: usize = 50;

/// Waiting that is as long as a round trip is as bad as another round trip.
const WAIT_MAX: Duration = Duration::from_micros(500);

/// What is seen of a stage at one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sight {
    /// Items waiting for a worker.
    pub depth: usize,
    /// How many items can wait.
    pub capacity: usize,
    /// Workers waiting for an item.
    pub idle: usize,
    /// The shortest time that an item waited, of those taken since the last look, if any was.
    pub wait: Option<Duration>,
}

impl Sight {
    /// Items wait, and no worker does. A queue that holds nothing cannot show the former.
    fn is_short(&self) -> bool {
        self.idle == 0 && (self.depth > 0 || self.capacity == 0)
    }

    /// Workers that wait, and for whom nothing does.
    fn spare(&self) -> usize {
        self.idle.saturating_sub(self.depth)
    }
}

/// Decides how many workers a stage has.
#[derive(Debug)]
pub(crate) struct Controller {
    workers: usize,
    workers_max: usize,
    /// Looks in a row at which the stage was short of workers.
    short: usize,
    /// The shortest wait in those looks.
    wait: Duration,
    /// Looks since the number of workers changed, or since the last time that somebody might have left.
    steady: usize,
    /// The fewest spare workers in those looks: so many had nothing to do at any of them.
    spare: usize,
}

impl Controller {
    /// A controller that starts with one worker, and has between one and `workers_max`.
    pub fn new(workers_max: usize) -> Controller {
        Controller {
            workers: 1,
            workers_max: workers_max.max(1),
            short: 0,
            wait: Duration::MAX,
            steady: 0,
            spare: usize::MAX,
        }
    }

    /// How many workers there should be, after one more look.
    pub fn decide(&mut self, sight: &Sight) -> usize {
        if sight.is_short() {
            self.short += 1;
            self.wait = self.wait.min(sight.wait.unwrap_or(Duration::MAX));
        } else {
            self.short = 0;
            self.wait = Duration::MAX;
        }
        self.steady += 1;
        self.spare = self.spare.min(sight.spare());
        if self.short >= LOOKS_TO_GROW {
            // Nobody has waited less than this: the queue is not passing, it stands.
            let late = self.wait > WAIT_MAX;
            self.become_of(if late {
                2 * self.workers
            } else {
                self.workers + 1
            });
        } else if self.steady >= LOOKS_TO_SHRINK {
            // Half of those who were never needed leave, so that one who was not is kept for the next.
            self.become_of(self.workers - self.spare / 2);
        }
        self.workers
    }

    /// Changes the number, within the limits, and begins to look anew.
    fn become_of(&mut self, workers: usize) {
        *self = Controller {
            workers: workers.clamp(1, self.workers_max),
            ..Controller::new(self.workers_max)
        };
    }
}
