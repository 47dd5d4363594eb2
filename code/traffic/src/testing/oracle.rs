//! The naive oracle: the report written a second time, with nothing shared and nothing clever.
//!
//! It takes each line apart character by character, reads the table itself, and looks every client up by
//! trying all of its rows. Only the rules of the log format are the same.

mod holders;
mod line;

use std::collections::BTreeMap;

use self::holders::Holders;
use crate::report::{Report, Row, UNRESOLVED};

/// The built-in table, as it lies in the repository.
const IANA: &str = include_str!("../../data/ipv4-address-space.csv");

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

    /// Asserts that a report says the same.
    ///
    /// # Panics
    ///
    /// With the first row that differs.
    pub fn assert_equal(&self, report: &Report, step: &str, what: &str) {
        self.assert_totals(report, step, what);
        assert_eq!(
            report.unresolved(),
            0,
            "{step}: unresolved lookups on {what}"
        );
        let (rows, expected) = (report.rows(), self.rows());
        for (number, (row, expected)) in rows.iter().zip(&expected).enumerate() {
            assert_eq!(row, expected, "{step}: row {number} differs on {what}");
        }
        assert_eq!(
            rows.len(),
            expected.len(),
            "{step}: the number of rows differs on {what}"
        );
    }

    /// Asserts the same of a report with failed lookups: each route has its hits, and no row of a
    /// holder has more than it should.
    ///
    /// # Panics
    ///
    /// With the route or row that differs.
    pub fn assert_equal_but_unresolved(&self, report: &Report, step: &str, what: &str) {
        self.assert_totals(report, step, what);
        let mut left = self.counts.clone();
        let mut missing: BTreeMap<String, (u64, u128, u64)> = BTreeMap::new();
        for row in report.rows() {
            let found = (row.hits, row.bytes, row.errors);
            if row.holder == UNRESOLVED {
                missing.insert(row.route, found);
                continue;
            }
            let expected = left
                .remove(&(row.holder.clone(), row.route.clone()))
                .unwrap_or_default();
            assert!(
                found.0 <= expected.0,
                "{step}: {row:?} should be at most {expected:?} on {what}"
            );
            let rest = (
                expected.0 - found.0,
                expected.1 - found.1,
                expected.2 - found.2,
            );
            left.insert((row.holder, row.route), rest);
        }
        let mut lost: BTreeMap<String, (u64, u128, u64)> = BTreeMap::new();
        for ((_, route), (hits, bytes, errors)) in left {
            let sum = lost.entry(route).or_default();
            *sum = (sum.0 + hits, sum.1 + bytes, sum.2 + errors);
        }
        lost.retain(|_, counts| *counts != (0, 0, 0));
        assert_eq!(
            missing, lost,
            "{step}: unresolved hits do not make up for the missing ones on {what}"
        );
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

    fn assert_totals(&self, report: &Report, step: &str, what: &str) {
        assert_eq!(report.lines(), self.lines, "{step}: lines on {what}");
        assert_eq!(
            report.malformed_lines(),
            self.malformed,
            "{step}: malformed lines on {what}"
        );
        let hits: u64 = report.rows().iter().map(|row| row.hits).sum();
        assert_eq!(
            hits + self.malformed,
            self.lines,
            "{step}: lines are lost on {what}"
        );
    }
}
