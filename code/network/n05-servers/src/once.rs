//! Once: which report of a range counts, when reports may come late, twice, or from another run.
//!
//! A queue that loses nothing gives some things twice. That cannot be mended where it comes from: the acknowledgement
//! that is lost looks as the one that was never sent. It is mended here, where reports are merged. A range has a name that is
//! the same whenever the same input is cut, and it waits under that name until the first report of it comes. A second
//! one finds nothing that waits.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

// ANCHOR: name
/// What a range is called: its number, and what is in it. The same name is always the same lines, in this run and in one
/// that goes on where this one was killed; and the reports of another input have other names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Counted from 0 in the order of the input.
    pub number: u64,
    /// A sum over its bytes.
    pub digest: u64,
}
// ANCHOR_END: name

impl Name {
    /// The name of a range that travels as these bytes.
    pub fn of(number: u64, bytes: &[u8]) -> Name {
        // FNV-1a (Fowler, Noll, Vo): short, and the same on every machine. Against an adversary it is no help.
        let fold =
            |sum: u64, &byte: &u8| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        let digest = bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold);
        Name { number, digest }
    }
}

/// As it stands in a subject of the queue.
impl fmt::Display for Name {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}-{:016x}", self.number, self.digest)
    }
}

impl FromStr for Name {
    type Err = ();

    fn from_str(text: &str) -> Result<Name, ()> {
        let (number, digest) = text.split_once('-').ok_or(())?;
        let digest = u64::from_str_radix(digest, 16).map_err(|_| ())?;
        let number = number.parse().map_err(|_| ())?;
        Ok(Name { number, digest })
    }
}

/// The ranges that are not merged yet.
#[derive(Debug, Default)]
pub struct Once {
    waiting: BTreeMap<u64, Waiting>,
}

/// A range that waits for its report.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// What it is called.
    pub name: Name,
    /// As it travels: it is kept until it is merged, so that it can be given away again whatever the queue has lost.
    pub bytes: Bytes,
    /// How many lines it has.
    pub lines: u64,
    /// Since when.
    pub since: Instant,
    /// When it was given away last.
    pub given: Instant,
    /// How often it was given away.
    pub tries: u32,
}

/// What is to be done with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It counts: its range waited since then, and is done with.
    Merge(Instant),
    /// It does not: no range waits under that name, because it was merged, or is not ours.
    Again,
    /// It is not about the lines that its range has.
    Wrong {
        /// How many those are.
        lines: u64,
    },
}

// ANCHOR: once
impl Once {
    /// A range waits from now on.
    pub fn add(&mut self, name: Name, bytes: Bytes, lines: u64) -> &Waiting {
        let now = Instant::now();
        let waiting = Waiting {
            name,
            bytes,
            lines,
            since: now,
            given: now,
            tries: 1,
        };
        self.waiting
            .entry(name.number)
            .insert_entry(waiting)
            .into_mut()
    }

    /// Whether a report counts. If it does, its range is merged for good.
    pub fn judge(&mut self, name: Name, lines: u64) -> Verdict {
        match self.waiting.get(&name.number) {
            Some(waiting) if waiting.name == name && waiting.lines == lines => {
                let since = waiting.since;
                self.waiting.remove(&name.number);
                Verdict::Merge(since)
            }
            Some(waiting) if waiting.name == name => Verdict::Wrong {
                lines: waiting.lines,
            },
            _ => Verdict::Again,
        }
    }
}
// ANCHOR_END: once

impl Once {
    /// Ranges that were given away so long ago that something may have become of them, to be given away again. Each
    /// try waits twice as long as the one before.
    pub fn overdue(&mut self, patience: Duration, now: Instant) -> Vec<Waiting> {
        let is_overdue = |waiting: &&mut Waiting| {
            let doubled = 2_u32.pow((waiting.tries - 1).min(5));
            now.saturating_duration_since(waiting.given) >= patience * doubled
        };
        let overdue = self.waiting.values_mut().filter(is_overdue);
        let again = overdue.map(|waiting| {
            waiting.tries += 1;
            waiting.given = now;
            waiting.clone()
        });
        again.collect()
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether all are merged.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}
