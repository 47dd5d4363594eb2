//! When is a count final? Parts come from several workers.

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

/// Adds up what comes.
#[derive(Clone, Debug)]
pub struct Counter {
    epoch: u64,
    hits: u64,
}

impl Counter {
    /// A counter that hears of so many workers.
    pub fn new(_workers: usize) -> Counter {
        Counter { epoch: 0, hits: 0 }
    }

    /// Hears something, and tells which epochs are final now, in order: each with its hits.
    pub fn hear(&mut self, heard: Heard) -> Vec<(u64, u64)> {
        let mut finals = Vec::new();
        if let Heard::Part { epoch, hits } = heard {
            if epoch > self.epoch {
                finals.push((self.epoch, self.hits));
                (self.epoch, self.hits) = (epoch, 0);
            }
            self.hits += hits;
        }
        finals
    }
}
