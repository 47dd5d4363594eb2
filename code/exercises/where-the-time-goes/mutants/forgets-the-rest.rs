//! A meter: in which part of its work a program spends its time.

use std::collections::BTreeMap;

/// The part for what is spent in none.
pub const OTHER: &str = "other";

/// The times of all parts so far.
#[derive(Debug)]
pub struct Meter {
    spent_us: BTreeMap<&'static str, u64>,
    /// The parts that were entered and not left yet.
    open: Vec<&'static str>,
    /// Up to here all time is accounted for.
    until_us: u64,
}

impl Meter {
    /// The run begins.
    pub fn new(now_us: u64) -> Meter {
        Meter {
            spent_us: BTreeMap::new(),
            open: Vec::new(),
            until_us: now_us,
        }
    }

    /// The program enters a part, which may be within another one.
    pub fn enter(&mut self, part: &'static str, now_us: u64) {
        self.account(now_us);
        self.open.push(part);
    }

    /// The program leaves the part that it entered last.
    pub fn leave(&mut self, now_us: u64) {
        self.account(now_us);
        self.open.pop();
    }

    /// What each part has taken so far, in microseconds; together they are the run.
    pub fn report(&mut self, now_us: u64) -> BTreeMap<&'static str, u64> {
        self.account(now_us);
        self.spent_us.clone()
    }

    /// The time since the last call was spent in the part that was entered last.
    fn account(&mut self, now_us: u64) {
        if let Some(part) = self.open.last() {
            *self.spent_us.entry(part).or_insert(0) += now_us - self.until_us;
        }
        self.until_us = now_us;
    }
}
