//! The ledger: where each range is, and whether a report of it counts.
//!
//! A range waits, is leased, or is merged. It is forgotten when it is merged and not before: that is the one
//! acknowledgement that counts. A lease is revoked when the worker that holds it is given up, and a report
//! counts only while its lease stands. So each range is merged once, whatever is sent how often, and the ledger
//! has to remember no more than what is under way.
//!
//! That a worker was given up says nothing about what it does. A token that grows with each lease tells its
//! late report from one that is waited for: Kleppmann's fencing token, Lampson's and Gray's lease.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::ranges::{Lease, Range, Task};
use crate::terms::Repair;

/// Leases on one range, in workers that were all given up. The next one is for this process itself, and has
/// no end: a range that takes longer than any worker may is done all the same.
pub const TRIES_MAX: u32 = 3;

/// What stands in the ledger of a worker: a number that is never given twice.
pub type Worker = usize;

/// All ranges that are not merged yet.
#[derive(Debug)]
pub struct Ledger {
    repair: Repair,
    /// Those that were lost are in front.
    waiting: VecDeque<Entry>,
    /// By the number of the range.
    leased: BTreeMap<u64, Leased>,
    /// As many as there were leases.
    tokens: u64,
}

/// A range, and what has become of it so far.
#[derive(Debug)]
struct Entry {
    range: Range,
    /// Leases that were revoked.
    tries: u32,
    /// When the last word came from the first worker that was given up with it.
    lost: Option<Instant>,
}

/// A range that is worked on, as far as is known.
#[derive(Debug)]
struct Leased {
    entry: Entry,
    token: u64,
    worker: Worker,
    since: Instant,
    /// When it is revoked, if the worker can be given up.
    due: Option<Instant>,
}

/// What is to be done with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It counts: the lease stood, and is over with this.
    Merge(Past),
    /// It does not count: its lease was revoked.
    Late,
    /// Its lease stands, and it is not about the lines that were leased.
    Wrong {
        /// How many those are.
        lines: usize,
    },
}

/// What a range that is merged has been through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// When its last lease began.
    pub since: Instant,
    /// If a worker was given up with it: when that worker had said its last word.
    pub lost: Option<Instant>,
}

impl Ledger {
    /// An empty ledger.
    pub fn new(repair: Repair) -> Ledger {
        Ledger {
            repair,
            waiting: VecDeque::new(),
            leased: BTreeMap::new(),
            tokens: 0,
        }
    }

    /// Adds a range.
    pub fn add(&mut self, range: Range) {
        self.waiting.push_back(Entry {
            range,
            tries: 0,
            lost: None,
        });
    }

    // ANCHOR: hand_out
    /// Leases the next range, for a time that doubles with each try; without one, for as long as it takes, to
    /// a worker that is never given up.
    pub fn hand_out(&mut self, to: Worker, now: Instant, time: Option<Duration>) -> Option<Task> {
        let may_have = |entry: &Entry| time.is_none() || entry.tries < TRIES_MAX;
        let at = self.waiting.iter().position(may_have)?;
        let entry = self.waiting.remove(at)?;
        self.tokens += 1;
        let task = Task {
            lease: Lease {
                range: entry.range.number,
                token: self.tokens,
            },
            part: Arc::clone(&entry.range.part),
        };
        let due = time.map(|time| now + time * 2_u32.pow(entry.tries));
        self.leased.insert(
            entry.range.number,
            Leased {
                entry,
                token: self.tokens,
                worker: to,
                since: now,
                due,
            },
        );
        Some(task)
    }

    /// Revokes all leases of a worker whose last word came then. Their ranges wait again, before all others.
    pub fn take_back(&mut self, from: Worker, last_word: Instant) -> Vec<u64> {
        let revoked = self
            .leased
            .extract_if(.., |_, leased| leased.worker == from);
        let revoked: Vec<(u64, Leased)> = revoked.collect();
        let numbers = revoked.iter().map(|&(number, _)| number).collect();
        for (_, Leased { entry, .. }) in revoked.into_iter().rev() {
            self.waiting.push_front(Entry {
                tries: entry.tries + 1,
                lost: entry.lost.or(Some(last_word)),
                ..entry
            });
        }
        numbers
    }
    // ANCHOR_END: hand_out

    /// Whether a report counts. If it does, its range is merged for good.
    pub fn judge(&mut self, from: Worker, lease: Lease, lines: u64) -> Verdict {
        match self.repair {
            Repair::Fenced => self.fenced(lease, lines),
            Repair::Naive => self.naive(lease),
            Repair::Unfenced => self.unfenced(from, lines),
        }
    }

    // ANCHOR: fenced
    fn fenced(&mut self, lease: Lease, lines: u64) -> Verdict {
        match self.leased.get(&lease.range) {
            Some(leased) if leased.token == lease.token => self.merge(lease.range, lines),
            _ => Verdict::Late,
        }
    }
    // ANCHOR_END: fenced

    // ANCHOR: broken
    /// Broken on purpose, and kept to be seen: what was not acknowledged is done again, and whatever comes is
    /// merged. A worker that was given up and was only slow is counted, and so is the one that did it again.
    // ANCHOR: naive
    fn naive(&mut self, lease: Lease) -> Verdict {
        self.waiting
            .retain(|entry| entry.range.number != lease.range);
        let leased = self.leased.remove(&lease.range);
        Verdict::Merge(Past {
            since: leased
                .as_ref()
                .map_or_else(Instant::now, |leased| leased.since),
            lost: leased.and_then(|leased| leased.entry.lost),
        })
    }
    // ANCHOR_END: naive

    /// Broken on purpose, and kept to be seen: a report is taken for that of the oldest range which its worker
    /// has, as if a connection had the identity. A late report is taken for the next range's.
    fn unfenced(&mut self, from: Worker, lines: u64) -> Verdict {
        let leased = self
            .leased
            .iter()
            .filter(|(_, leased)| leased.worker == from);
        match leased.min_by_key(|(_, leased)| leased.token) {
            Some((&range, _)) => self.merge(range, lines),
            None => Verdict::Late,
        }
    }
    // ANCHOR_END: broken

    fn merge(&mut self, range: u64, lines: u64) -> Verdict {
        let leased = &self.leased[&range];
        let expected = leased.entry.range.part.len();
        if lines != expected as u64 {
            return Verdict::Wrong { lines: expected };
        }
        let past = Past {
            since: leased.since,
            lost: leased.entry.lost,
        };
        self.leased.remove(&range);
        Verdict::Merge(past)
    }

    /// Ends a lease whose report is not believed, if it stands: its range waits again.
    pub fn refuse(&mut self, lease: Lease) -> bool {
        let stands = |leased: &Leased| leased.token == lease.token;
        if !self.leased.get(&lease.range).is_some_and(stands) {
            return false;
        }
        let Leased { entry, since, .. } = self.leased.remove(&lease.range).expect("it stands");
        self.waiting.push_front(Entry {
            tries: entry.tries + 1,
            lost: entry.lost.or(Some(since)),
            ..entry
        });
        true
    }

    /// Forgets a range that is leased, unmerged: what a run does that asks for no acknowledgements.
    pub fn forget(&mut self, range: u64) {
        self.leased.remove(&range);
    }

    /// A worker whose lease is over by now, and the range that it was for.
    pub fn overdue(&self, now: Instant) -> Option<(Worker, u64)> {
        let mut leased = self.leased.iter();
        leased.find_map(|(&range, leased)| (leased.due? <= now).then_some((leased.worker, range)))
    }

    /// When the next lease is over.
    pub fn next_due(&self) -> Option<Instant> {
        self.leased.values().filter_map(|leased| leased.due).min()
    }

    /// How many ranges a worker has.
    pub fn held(&self, by: Worker) -> usize {
        let leased = self.leased.values();
        leased.filter(|leased| leased.worker == by).count()
    }

    /// Whether ranges wait.
    pub fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether a range waits that no worker but this process may still try.
    pub fn has_last_resorts(&self) -> bool {
        self.waiting.iter().any(|entry| entry.tries >= TRIES_MAX)
    }

    /// Whether all ranges are merged.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.leased.is_empty()
    }
}
