//! When is a count final? Parts come from several workers.

use std::collections::BTreeMap;

/// What the counter hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A worker has counted so many hits in an epoch.
    Part {
        /// In which epoch.
        epoch: u64,
        /// How many hits.
        hits: u64,
    },
    /// A worker is done with an epoch, for which it has sent so many parts: none or more.
    Done {
        /// With which epoch.
        epoch: u64,
        /// How many parts it has sent for it.
        parts: u64,
    },
}

/// What is known of an epoch.
#[derive(Clone, Debug, Default)]
struct Open {
    hits: u64,
    parts_come: u64,
    parts_sent: u64,
    workers_done: usize,
}

/// Adds up what comes.
#[derive(Clone, Debug)]
pub struct Counter {
    workers: usize,
    /// The first epoch that is not final.
    next: u64,
    open: BTreeMap<u64, Open>,
}

impl Counter {
    /// A counter that hears of so many workers.
    pub fn new(workers: usize) -> Counter {
        Counter {
            workers,
            next: 0,
            open: BTreeMap::new(),
        }
    }

    /// Hears something, and tells which epochs are final now, in order: each with its hits.
    pub fn hear(&mut self, heard: Heard) -> Vec<(u64, u64)> {
        match heard {
            Heard::Part { epoch, hits } => {
                let open = self.open.entry(epoch).or_default();
                open.hits += hits;
                open.parts_come += 1;
            }
            Heard::Done { epoch, parts } => {
                let open = self.open.entry(epoch).or_default();
                open.parts_sent += parts;
                open.workers_done += 1;
            }
        }
        let workers = self.workers;
        let is_whole =
            |open: &Open| open.workers_done == workers && open.parts_come == open.parts_sent;
        let whole = self.open.iter().filter(|(_, open)| is_whole(open));
        let finals: Vec<(u64, u64)> = whole.map(|(&epoch, open)| (epoch, open.hits)).collect();
        for (epoch, _) in &finals {
            self.open.remove(epoch);
            self.next = self.next.max(epoch + 1);
        }
        finals
    }
}
