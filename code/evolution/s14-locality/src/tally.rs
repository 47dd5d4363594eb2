//! What a worker has counted, by numbers and not by names.
//!
//! A report knows a holder by its name and owns its keys, because it outlives everything else. While a worker
//! counts, the table and the log stay where they are: a holder is a number of the table, and a route is looked
//! up by the bytes that stand in the log. Only a pair that is new is copied, so there are as many copies as
//! rows, however many lines there are.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use traffic::directory::{Table, is_key};
use traffic::{Answer, Counts, Hit, Holder, Report, Unresolved};

/// The routes of one holder.
///
/// The standard library's hash, SipHash, is made so that no client can find keys that collide, and costs more
/// than the counting. Routes come from strangers, so the hash must not be the same in each run, either:
/// foldhash is seeded by chance. It does not claim to withstand a client that can time our answers;
/// no client is answered here.
type Routes = HashMap<Box<[u8]>, Counts, RandomState>;

// ANCHOR: tally
/// Counts for each (holder, route) under one version of the table, or under none.
#[derive(Debug)]
pub struct Tally {
    version: Option<u64>,
    /// By the holder's number in that version.
    holders: Vec<(Answer, Routes)>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn under(table: Option<&Table>) -> Tally {
        let answers = match table {
            Some(table) => table.holders().iter().cloned().map(Ok).collect(),
            None => vec![Err(Unresolved), Ok(Holder::unknown())],
        };
        let with_routes = |answer| (answer, Routes::default());
        Tally {
            version: table.map(Table::version),
            holders: answers.into_iter().map(with_routes).collect(),
        }
    }

    /// Whether its numbers are those of this table.
    pub fn is_under(&self, table: Option<&Table>) -> bool {
        self.version == table.map(Table::version)
    }

    /// Counts one hit under its client's holder; the table must be the one that this is under.
    pub fn count(&mut self, table: Option<&Table>, hit: &Hit) {
        let number = match table {
            Some(table) => table.number(hit.client),
            // What could be no address or host name is in no table: that can be known without one.
            None => usize::from(!is_key(hit.client)),
        };
        let (_, routes) = &mut self.holders[number];
        match routes.get_mut(hit.route) {
            Some(counts) => counts.count(hit),
            None => routes.entry(hit.route.into()).or_default().count(hit),
        }
    }

    /// Adds everything to a report, by name.
    pub fn add_to(self, report: &mut Report) {
        for (answer, routes) in self.holders {
            for (route, counts) in routes {
                report.add(&answer, &route, counts);
            }
        }
    }
}
// ANCHOR_END: tally
