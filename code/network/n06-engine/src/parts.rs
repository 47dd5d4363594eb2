//! What travels in the dataflow: parts of counts, what was read for them, and what has become final.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use traffic::{Counts, Holder, Report};

/// What decides by which worker something is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Key {
    /// The holder and the route: a row of the report.
    #[default]
    Row,
    /// The holder alone: all rows of a holder are at one worker.
    Holder,
}

// ANCHOR: part
/// What one worker has counted of one row, to be added to what the others have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Under which holder; under none where the directory gave no answer.
    pub holder: Option<Holder>,
    /// For which route.
    #[serde(with = "serde_bytes")]
    pub route: Vec<u8>,
    /// How much.
    pub counts: Counts,
}
// ANCHOR_END: part

/// What one worker has read of one epoch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Read {
    /// Which worker.
    pub worker: usize,
    /// How many lines.
    pub lines: u64,
    /// In about how many bytes: those of its chunks, whose last lines end in the next.
    pub bytes: u64,
    /// How many parts it made of them.
    pub parts: u64,
    /// The lines that are no hits.
    pub malformed: Report,
}

/// What a worker says of what it reads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Said {
    /// A part of a row, for the worker that counts the row.
    Part(Part),
    /// What was read of an epoch, for the first worker.
    Read(Read),
}

/// What one worker has counted of one epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Which worker.
    pub worker: usize,
    /// How many parts came for the epoch.
    pub parts: u64,
    /// How many of them came when a part of a later epoch had come already.
    pub behind: u64,
    /// The hits in them.
    pub hits: u64,
    /// And the errors.
    pub errors: u64,
}

/// What the first worker is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Told {
    /// What was read of an epoch.
    Read(Read),
    /// What was counted of an epoch.
    Counted(Counted),
    /// A row of the report, at the end.
    Row(Part),
}

impl Said {
    /// A number that is the same for all that have to meet, whichever process computes it.
    ///
    /// The seed is no secret. A client that knows the program can choose routes that all go to one worker, and
    /// make the run slow, not wrong.
    pub fn owner(&self, key: Key) -> u64 {
        const HASH: fn() -> FixedState = || FixedState::with_seed(6);
        match (self, key) {
            (Said::Part(part), Key::Row) => HASH().hash_one((&part.holder, &part.route)),
            (Said::Part(part), Key::Holder) => HASH().hash_one(&part.holder),
            (Said::Read(_), _) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(holder: &str, route: &[u8]) -> Said {
        Said::Part(Part {
            holder: Some(Holder::new(holder)),
            route: route.to_vec(),
            counts: Counts::default(),
        })
    }

    #[test]
    fn what_has_to_meet_meets() {
        let (one, other) = (said("a", b"/x"), said("a", b"/y"));
        assert_eq!(one.owner(Key::Row), said("a", b"/x").owner(Key::Row));
        assert_ne!(one.owner(Key::Row), other.owner(Key::Row));
        assert_eq!(one.owner(Key::Holder), other.owner(Key::Holder));
        assert_ne!(one.owner(Key::Holder), said("b", b"/x").owner(Key::Holder));
    }
}
