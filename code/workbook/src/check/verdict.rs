//! Holds a printed report against the oracle's, and tells what differs.

use std::collections::BTreeMap;

use serde::Deserialize;
use traffic::UNRESOLVED;
use traffic::testing::Oracle;

/// A report as `--format json` prints it.
#[derive(Clone, Debug, Deserialize)]
pub struct Printed {
    /// All lines of the input.
    pub lines: u64,
    /// Those that are no hit.
    pub malformed: u64,
    /// Hits whose lookup failed.
    pub unresolved: u64,
    /// From the first byte of input to the sorted report.
    pub seconds: f64,
    /// The sorted report.
    pub rows: Vec<Row>,
}

/// One row of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// Who holds the clients' addresses.
    pub holder: String,
    /// What they asked for.
    pub route: String,
    /// How many lines.
    pub hits: u64,
    /// The sum of the answers' sizes.
    pub bytes: u128,
    /// How many answers had a status of 500 or above.
    pub errors: u64,
}

/// What a report on some log must be.
#[derive(Debug)]
pub struct Expected {
    lines: u64,
    malformed: u64,
    rows: Vec<Row>,
}

/// How exactly a report must equal the oracle's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// To the last row.
    Equal,
    /// The directory fails: what it did not answer may be unresolved, and nothing may be lost.
    ButUnresolved,
    /// As before, and the directory answers nothing at all.
    AllUnresolved,
}

/// Hits, bytes and errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many lines.
    pub hits: u64,
    /// The sum of the answers' sizes.
    pub bytes: u128,
    /// How many failed.
    pub errors: u64,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A total: its name, what it should be, and what it is.
    Total(&'static str, u64, u64),
    /// A row of this holder and route: what it should be, and what it is; none if it is not there.
    Row {
        /// The row's holder.
        holder: String,
        /// The row's route.
        route: String,
        /// What the report should say.
        expected: Option<Counts>,
        /// What it says.
        found: Option<Counts>,
    },
    /// The row is there a second time.
    Twice(String, String),
    /// The rows are right, and this one is the first that is not where it belongs.
    Misplaced(String, String),
}

type ByPair<'a> = BTreeMap<(&'a str, &'a str), Counts>;

impl Expected {
    /// Asks the oracle.
    pub fn of(logs: &[&[u8]]) -> Expected {
        let oracle = Oracle::of(logs);
        let rows = oracle.rows().into_iter().map(|row| Row {
            holder: row.holder,
            route: row.route,
            hits: row.hits,
            bytes: row.bytes,
            errors: row.errors,
        });
        Expected {
            lines: oracle.lines(),
            malformed: oracle.malformed(),
            rows: rows.collect(),
        }
    }

    /// The same as a report that is known to be right.
    pub fn same_as(report: &Printed) -> Expected {
        Expected {
            lines: report.lines,
            malformed: report.malformed,
            rows: report.rows.clone(),
        }
    }

    /// All that differs: none if the report is right.
    pub fn differences(&self, report: &Printed, rule: Rule) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut total = |name, expected, found| {
            if expected != found {
                differences.push(Difference::Total(name, expected, found));
            }
        };
        total("lines", self.lines, report.lines);
        total("malformed", self.malformed, report.malformed);
        let unresolved = match rule {
            Rule::Equal => 0,
            Rule::ButUnresolved | Rule::AllUnresolved => {
                let rows = report.rows.iter().filter(|row| row.holder == UNRESOLVED);
                rows.map(|row| row.hits).sum()
            }
        };
        total("unresolved", unresolved, report.unresolved);
        let (found, twice) = by_pair(&report.rows);
        differences.extend(twice);
        let (expected, _) = by_pair(&self.rows);
        let in_rows = match rule {
            Rule::Equal => exact(&expected, &found),
            Rule::ButUnresolved => but_unresolved(&expected, &found, false),
            Rule::AllUnresolved => but_unresolved(&expected, &found, true),
        };
        differences.extend(in_rows);
        if differences.is_empty() {
            differences.extend(misplaced(&report.rows));
        }
        differences
    }
}

impl Row {
    fn pair(&self) -> (&str, &str) {
        (&self.holder, &self.route)
    }

    fn counts(&self) -> Counts {
        Counts {
            hits: self.hits,
            bytes: self.bytes,
            errors: self.errors,
        }
    }
}

fn by_pair(rows: &[Row]) -> (ByPair<'_>, Vec<Difference>) {
    let mut pairs = ByPair::new();
    let mut twice = Vec::new();
    for row in rows {
        if pairs.insert(row.pair(), row.counts()).is_some() {
            twice.push(Difference::Twice(row.holder.clone(), row.route.clone()));
        }
    }
    (pairs, twice)
}

fn row(
    (holder, route): (&str, &str),
    expected: Option<Counts>,
    found: Option<Counts>,
) -> Difference {
    Difference::Row {
        holder: holder.to_owned(),
        route: route.to_owned(),
        expected,
        found,
    }
}

fn exact(expected: &ByPair<'_>, found: &ByPair<'_>) -> Vec<Difference> {
    let missing = expected
        .iter()
        .map(|(pair, &counts)| (pair, Some(counts), found.get(pair).copied()));
    let extra = found
        .iter()
        .filter(|(pair, _)| !expected.contains_key(*pair))
        .map(|(pair, &counts)| (pair, None, Some(counts)));
    let mut all: Vec<_> = missing.chain(extra).filter(|(_, a, b)| a != b).collect();
    // What counts most comes first.
    let hits = |counts: &Option<Counts>| counts.map_or(0, |counts| counts.hits);
    all.sort_by_key(|(pair, a, b)| (std::cmp::Reverse(hits(a).max(hits(b))), **pair));
    all.into_iter()
        .map(|(pair, a, b)| row(*pair, a, b))
        .collect()
}

/// Each route has all its hits, no row of a holder has more than it should; and if the directory answers
/// nothing, nobody holds anything but what is never asked for.
fn but_unresolved(expected: &ByPair<'_>, found: &ByPair<'_>, none: bool) -> Vec<Difference> {
    let mut wrong = Vec::new();
    // What is not under its holder must be unresolved.
    let mut lost: BTreeMap<&str, Counts> = BTreeMap::new();
    for (pair, should) in expected {
        let is = found.get(pair).copied().unwrap_or_default();
        let sum = lost.entry(pair.1).or_default();
        sum.hits += should.hits.saturating_sub(is.hits);
        sum.bytes += should.bytes.saturating_sub(is.bytes);
        sum.errors += should.errors.saturating_sub(is.errors);
    }
    lost.retain(|_, counts| *counts != Counts::default());
    for (pair, &is) in found.iter().filter(|(pair, _)| pair.0 != UNRESOLVED) {
        let should = expected.get(pair).copied();
        let limit = should.unwrap_or_default();
        let too_much = is.hits > limit.hits || is.bytes > limit.bytes || is.errors > limit.errors;
        if too_much {
            wrong.push(row(*pair, should, Some(is)));
        } else if none && pair.0 != "unknown" {
            wrong.push(row(*pair, None, Some(is)));
        }
    }
    let unresolved: ByPair<'_> = found
        .iter()
        .filter(|(pair, _)| pair.0 == UNRESOLVED)
        .map(|(pair, counts)| (*pair, *counts))
        .collect();
    let lost = lost
        .into_iter()
        .map(|(route, counts)| ((UNRESOLVED, route), counts));
    wrong.extend(exact(&lost.collect(), &unresolved));
    wrong
}

/// By hits descending, then holder, then route.
fn misplaced(rows: &[Row]) -> Option<Difference> {
    let place = |row: &Row| {
        (
            std::cmp::Reverse(row.hits),
            row.holder.clone(),
            row.route.clone(),
        )
    };
    rows.windows(2)
        .find(|pair| place(&pair[0]) > place(&pair[1]))
        .map(|pair| Difference::Misplaced(pair[1].holder.clone(), pair[1].route.clone()))
}

#[cfg(test)]
mod tests;
