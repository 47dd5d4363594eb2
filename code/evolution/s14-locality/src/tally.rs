//! What one worker has counted, by numbers and not by names.
//!
//! A report knows a holder by its name and owns every key, because it outlives everything else. While a
//! worker counts, both the table and the log stay where they are: a holder is a number of the table, and a
//! route is looked up by the bytes that stand in the log. Only a pair that is new is copied, so there are as
//! many copies as rows, however many lines there are.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use traffic::directory::Table;
use traffic::{Counts, Hit, Report, Unresolved};

/// The routes of one holder.
///
/// The hash is not the standard library's SipHash, which is made so that nobody can find keys that collide,
/// and costs more than the counting. Routes come from strangers, so the hash must not be one that is the same
/// in each run, either: foldhash is seeded by chance, and does not claim to withstand an attacker who can
/// watch it. Ours would see the report, hours later.
type Routes = HashMap<Box<[u8]>, Counts, RandomState>;

/// Counts for each (holder, route) under one version of the table, or under none.
#[derive(Debug)]
pub struct Tally<'t> {
    table: Option<&'t Table>,
    /// By the holder's number. Without a table there is one entry, for nobody knows whom.
    routes: Vec<Routes>,
}

impl<'t> Tally<'t> {
    /// Nothing counted yet.
    pub fn new(table: Option<&'t Table>) -> Tally<'t> {
        let holders = table.map_or(1, |table| table.holders().len());
        Tally {
            table,
            routes: vec![Routes::default(); holders],
        }
    }

    /// Counts one hit under its client's holder, or as unresolved.
    pub fn count(&mut self, hit: &Hit) {
        let number = self.table.map_or(0, |table| table.number(hit.client));
        let routes = &mut self.routes[number];
        match routes.get_mut(hit.route) {
            Some(counts) => counts.count(hit),
            None => routes.entry(hit.route.into()).or_default().count(hit),
        }
    }

    /// Adds everything to a report, by name.
    pub fn into_report(self, report: &mut Report) {
        for (number, routes) in self.routes.into_iter().enumerate() {
            let answer = match self.table {
                Some(table) => Ok(table.holders()[number].clone()),
                None => Err(Unresolved),
            };
            for (route, counts) in routes {
                report.add(&answer, &route, counts);
            }
        }
    }
}
