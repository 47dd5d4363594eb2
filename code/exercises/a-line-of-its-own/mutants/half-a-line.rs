//! A counter for each worker.

use std::sync::atomic::{AtomicU64, Ordering};

/// What no line of a usual processor exceeds, in bytes; some fetch two lines of half the size at a time.
pub const LINE: usize = 128;

/// The counters of all workers.
#[derive(Debug)]
pub struct Counters {
    counters: Box<[Padded]>,
}

/// A counter, alone in its lines. `LINE` cannot stand here.
#[derive(Debug, Default)]
#[repr(align(64))]
struct Padded {
    count: AtomicU64,
}

impl Counters {
    /// Counters for so many workers.
    pub fn new(workers: usize) -> Counters {
        Counters {
            counters: (0..workers).map(|_| Padded::default()).collect(),
        }
    }

    /// The counter of a worker.
    pub fn of(&self, worker: usize) -> &AtomicU64 {
        &self.counters[worker].count
    }

    /// What all have counted.
    pub fn total(&self) -> u64 {
        let counts = self.counters.iter();
        // Relaxed: no other memory depends on it.
        counts.map(|one| one.count.load(Ordering::Relaxed)).sum()
    }
}
