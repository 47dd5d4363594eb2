//! The naive oracle: the report written a second time, with nothing shared and nothing clever.
//!
//! It decodes each line into characters, walks it once, and looks every client up by trying all rows
//! of the table. Only the rules of the log format are the same.

use std::collections::BTreeMap;

use crate::directory::Table;
use crate::report::{Report, Row, UNRESOLVED};

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
        let table = Table::iana();
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
                oracle.line(line.strip_suffix(b"\r").unwrap_or(line), &table);
            }
        }
        oracle
    }

    fn line(&mut self, line: &[u8], table: &Table) {
        self.lines += 1;
        let Some((client, request, status, bytes)) = fields(line) else {
            self.malformed += 1;
            return;
        };
        let holder = table.lookup(&client).as_str().to_owned();
        let counts = self.counts.entry((holder, route(&request))).or_default();
        counts.0 += 1;
        counts.1 += bytes;
        counts.2 += u64::from(status >= 500);
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

/// Client, request, status and size of a line, or nothing.
fn fields(line: &[u8]) -> Option<(Vec<u8>, Vec<u8>, u32, u128)> {
    let space = line.iter().position(|&byte| byte == b' ')?;
    let client = line[..space].to_vec();
    if client.is_empty() {
        return None;
    }
    let mut at = space;
    let mut request;
    loop {
        while !(line[at] == b' ' && *line.get(at + 1)? == b'"') {
            at += 1;
            line.get(at)?;
        }
        at += 2;
        request = Vec::new();
        while *line.get(at)? != b'"' {
            if line[at] == b'\\' {
                request.push(line[at]);
                at += 1;
            }
            request.push(*line.get(at)?);
            at += 1;
        }
        at += 1;
        let empty_user = request.is_empty() && line[at..].starts_with(b" [");
        if !empty_user {
            break;
        }
    }
    if *line.get(at)? != b' ' {
        return None;
    }
    let rest = String::from_utf8_lossy(&line[at..]).into_owned();
    let mut words = rest.split(' ').filter(|word| !word.is_empty());
    let (status, size) = (words.next()?, words.next()?);
    let all_digits = |word: &str| word.chars().all(|char| char.is_ascii_digit());
    if status.len() != 3 || !all_digits(status) {
        return None;
    }
    let size = match size {
        "-" => 0,
        _ if all_digits(size) => size.parse::<u64>().ok()?,
        _ => return None,
    };
    Some((client, request, status.parse().ok()?, size.into()))
}

fn route(request: &[u8]) -> String {
    let request = String::from_utf8_lossy(request).into_owned();
    let words: Vec<&str> = request.split(' ').filter(|word| !word.is_empty()).collect();
    let (2 | 3, true) = (
        words.len(),
        words
            .first()
            .is_some_and(|method| method.chars().all(|char| char.is_ascii_alphabetic())),
    ) else {
        return "-".into();
    };
    let target = words[1];
    let target = target.split(['?', '#']).next().unwrap_or_default();
    let path = match target.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => match rest.find('/') {
            Some(slash) => &rest[slash..],
            None => "",
        },
        _ => target,
    };
    if path.is_empty() {
        "/".into()
    } else {
        path.into()
    }
}

fn is_scheme(text: &str) -> bool {
    let mut chars = text.chars();
    chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && chars.all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
}
