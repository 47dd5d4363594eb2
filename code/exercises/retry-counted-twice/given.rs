//! Counts requests that other machines report, over a network that loses messages and brings some of them twice.

use std::collections::BTreeMap;

/// A report of a worker: so many requests for a route. A worker that hears nothing sends the same report again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The worker.
    pub worker: u32,
    /// How often it was started: a worker that comes back after a crash has lost all that it knew, and counts anew.
    pub life: u32,
    /// The number of this report in that life, from 1 on. It keeps it when it is sent again.
    pub number: u64,
    /// The route.
    pub route: String,
    /// How many requests.
    pub count: u64,
}

/// What a worker is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// This report is counted: it need not be sent again.
    Counted,
    /// Reports in front of this one have not come yet: all from this number on are to be sent again.
    From(u64),
}

/// All that was counted. It lies on a disk, and is as it was when this machine comes back after a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    routes: BTreeMap<String, u64>,
}

impl Ledger {
    /// Nothing was counted yet.
    pub fn new() -> Ledger {
        Ledger::default()
    }

    /// Takes a report. It may come late, again, or before others that were sent earlier.
    pub fn take(&mut self, report: &Report) -> Reply {
        *self.routes.entry(report.route.clone()).or_insert(0) += report.count;
        Reply::Counted
    }

    /// How many requests for a route were counted.
    pub fn of(&self, route: &str) -> u64 {
        self.routes.get(route).copied().unwrap_or(0)
    }

    /// How many numbers it keeps besides the counts themselves.
    pub fn remembers(&self) -> usize {
        0
    }
}
