//! A lessor, which gives ranges to workers, and a store, in which they write what they have found.

use std::collections::BTreeMap;

/// A range of lines, by its number.
pub type Range = u32;

/// A worker, by its number.
pub type Worker = u32;

/// The right to write the result of a range, and its number. The worker sends it with each write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The range.
    pub range: Range,
    /// The worker.
    pub worker: Worker,
    /// A later lease of a range has a larger number.
    pub number: u64,
}

/// Gives ranges to workers. It believes that the worker before is dead, and may be wrong.
#[derive(Debug, Default)]
pub struct Lessor {
    given: u64,
}

impl Lessor {
    /// No range was leased yet.
    pub fn new() -> Lessor {
        Lessor::default()
    }

    /// Leases a range to a worker, and to no other from now on.
    pub fn lease(&mut self, range: Range, worker: Worker) -> Lease {
        self.given += 1;
        Lease {
            range,
            worker,
            number: self.given,
        }
    }
}

/// The results, on another machine than the lessor.
#[derive(Debug, Default)]
pub struct Store {
    results: BTreeMap<Range, String>,
    /// The largest number that was seen for each range.
    seen: BTreeMap<Range, u64>,
}

impl Store {
    /// Nothing was written yet.
    pub fn new() -> Store {
        Store::default()
    }

    /// Writes a result in place of the one before; whether that was done.
    pub fn write(&mut self, lease: Lease, result: &str) -> bool {
        let seen = self.seen.entry(lease.range).or_insert(0);
        if lease.number < *seen {
            *seen = lease.number;
            return false;
        }
        *seen = lease.number;
        self.results.insert(lease.range, result.to_owned());
        true
    }

    /// What was written for a range.
    pub fn read(&self, range: Range) -> Option<&str> {
        self.results.get(&range).map(String::as_str)
    }
}
