//! What a run did, in one number: two runs that differ anywhere have different ones.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A hash of all that was noted, in order.
///
/// Noted are times, connections and numbers of bytes, and all that the run has told; not the bytes themselves. In a
/// report the rows are in the order of a hash map, and that is drawn anew each time.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    hasher: DefaultHasher,
    events: u64,
}

impl Trace {
    /// Something happened.
    pub fn note(&mut self, event: impl Hash) {
        event.hash(&mut self.hasher);
        self.events += 1;
    }

    /// The hash so far.
    pub fn hash(&self) -> u64 {
        self.hasher.finish()
    }

    /// How much was noted.
    pub fn events(&self) -> u64 {
        self.events
    }
}
