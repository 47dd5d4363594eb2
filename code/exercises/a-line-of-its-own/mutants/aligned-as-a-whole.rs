//! A counter for each worker.

use std::sync::atomic::{AtomicU64, Ordering};

/// What no line of a usual processor exceeds, in bytes; some fetch two lines of half the size at a time.
pub const LINE: usize = 128;

/// The counters of all workers.
#[derive(Debug)]
pub struct Counters {
    counters: Box<Padded>,
}

/// A counter, alone in its lines. `LINE` cannot stand here.
#[derive(Debug)]
#[repr(align(128))]
struct Padded {
    count: [AtomicU64; 64],
}

impl Counters {
    /// Counters for so many workers.
    pub fn new(workers: usize) -> Counters {
        Counters {
            counters: Box::new(Padded {
                count: std::array::from_fn(|_| AtomicU64::new(0)),
            }),
        }
    }

    /// The counter of a worker.
    pub fn of(&self, worker: usize) -> &AtomicU64 {
        &self.counters.count[worker]
    }

    /// What all have counted.
    pub fn total(&self) -> u64 {
        let counts = self.counters.count.iter();
        // Relaxed: no other memory depends on it.
        counts.map(|one| one.load(Ordering::Relaxed)).sum()
    }
}
