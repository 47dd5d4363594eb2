//! The naive oracle: the report written a second time, with nothing shared and nothing clever.
//!
//! It takes each line apart character by character, reads the table itself, and looks every client up by
//! trying all of its rows. Only the rules of the log format are the same.
//!
//! With it stand the logs on which every step is judged, and what tells how a report [differs](differences).

mod differences;
mod holders;
mod hostile;
mod line;
mod neighbours;
mod real;

use std::collections::BTreeMap;

pub use self::differences::{Difference, Rule, differences, differences_of_rows};
use self::holders::Holders;
pub use self::hostile::hostile_logs;
pub use self::neighbours::Neighbours;
pub use self::real::{Real, real_lines};
use crate::event::Outcome;
use crate::report::{Report, Row};

/// The built-in table, as it lies in the repository.
const IANA: &str = include_str!("../data/ipv4-address-space.csv");

/// What the report on some logs must be.
#[derive(Debug)]
pub struct Oracle {
    lines: u64,
    malformed: u64,
    /// By holder and route: hits, bytes, errors.
    counts: BTreeMap<(String, String), (u64, u128, u64)>,
}

impl Oracle {
    /// Reads the logs, slowly, against the built-in table.
    pub fn of(logs: &[&[u8]]) -> Oracle {
        Oracle::with_table(logs, IANA)
    }

    /// As [`Oracle::of`], against a table of `first,last,holder` rows.
    ///
    /// # Panics
    ///
    /// If the table is none.
    pub fn with_table(logs: &[&[u8]], table: &str) -> Oracle {
        let holders = Holders::of(table);
        let mut oracle = Oracle {
            lines: 0,
            malformed: 0,
            counts: BTreeMap::new(),
        };
        for log in logs {
            let mut lines: Vec<&[u8]> = log.split(|&byte| byte == b'\n').collect();
            if lines.last().is_some_and(|last| last.is_empty()) {
                lines.pop();
            }
            for line in lines {
                oracle.line(line.strip_suffix(b"\r").unwrap_or(line), &holders);
            }
        }
        oracle
    }

    fn line(&mut self, line: &[u8], holders: &Holders) {
        self.lines += 1;
        let Some(seen) = line::read(line) else {
            self.malformed += 1;
            return;
        };
        let holder = holders.of_client(&seen.client).to_owned();
        let counts = self.counts.entry((holder, seen.route)).or_default();
        counts.0 += 1;
        counts.1 += seen.bytes;
        counts.2 += u64::from(seen.status >= 500);
    }

    /// The rows, as every step must report them.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self
            .counts
            .iter()
            .map(|((holder, route), &(hits, bytes, errors))| Row {
                holder: holder.clone(),
                route: route.clone(),
                hits,
                bytes,
                errors,
            })
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.hits)); // stable: the names are sorted already
        rows
    }

    /// How many lines the logs have.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// How many of them are malformed.
    pub fn malformed(&self) -> u64 {
        self.malformed
    }

    /// The whole report, as every step must print it, in no time.
    pub fn outcome(&self) -> Outcome {
        Outcome {
            step: "the oracle".to_owned(),
            lines: self.lines,
            malformed: self.malformed,
            unresolved: 0,
            seconds: 0.0,
            partial: false,
            rows: self.rows(),
        }
    }

    /// Asserts that a report says the same.
    ///
    /// # Panics
    ///
    /// With what differs first.
    pub fn assert_equal(&self, report: &Report, step: &str, what: &str) {
        self.assert_by(Rule::Equal, report, step, what);
    }

    /// Asserts the same of a report with failed lookups: each route has its hits, and no row of a
    /// holder has more than it should.
    ///
    /// # Panics
    ///
    /// With what differs first.
    pub fn assert_equal_but_unresolved(&self, report: &Report, step: &str, what: &str) {
        self.assert_by(Rule::ButUnresolved, report, step, what);
    }

    fn assert_by(&self, rule: Rule, report: &Report, step: &str, what: &str) {
        let found = Outcome::new(step, report, report.rows(), 0.0, false);
        let differences = differences(&self.outcome(), &found, rule);
        if let Some(first) = differences.first() {
            let count = differences.len();
            panic!("{step} differs on {what} in {count} places, first in {first}");
        }
    }

    /// Asserts that a report on some of the lines has them once: no row has more than all lines give it.
    ///
    /// # Panics
    ///
    /// With the row that differs.
    pub fn assert_part(&self, report: &Report, step: &str, what: &str) {
        let rows = report.rows();
        for row in &rows {
            let pair = (row.holder.clone(), row.route.clone());
            let all = self.counts.get(&pair).copied().unwrap_or_default();
            assert!(
                row.hits <= all.0 && row.bytes <= all.1 && row.errors <= all.2,
                "{step}: {row:?} should be at most {all:?} on {what}"
            );
        }
        let hits: u64 = rows.iter().map(|row| row.hits).sum();
        let malformed = report.malformed_lines();
        assert!(malformed <= self.malformed, "{step}: malformed on {what}");
        assert_eq!(
            hits + malformed,
            report.lines(),
            "{step}: lines are lost on {what}"
        );
    }
}
