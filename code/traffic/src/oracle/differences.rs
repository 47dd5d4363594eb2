//! How a report differs from what it must be, total by total and row by row.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use crate::event::Outcome;
use crate::report::{Counts, Row, UNRESOLVED};

/// How exactly a report must equal the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// To the last row.
    Equal,
    /// The directory fails: what it did not answer may be unresolved, and nothing may be lost.
    ButUnresolved,
    /// As before, and the directory answers nothing at all.
    AllUnresolved,
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
    /// The row of this holder and route is there a second time.
    Twice(String, String),
    /// The rows are right, and this one is the first that is not where it belongs.
    Misplaced(String, String),
}

/// All in which a report differs: nothing if it is right.
pub fn differences(expected: &Outcome, found: &Outcome, rule: Rule) -> Vec<Difference> {
    let unresolved = match rule {
        Rule::Equal => expected.unresolved,
        Rule::ButUnresolved | Rule::AllUnresolved => {
            let rows = found.rows.iter().filter(|row| row.holder == UNRESOLVED);
            rows.map(|row| row.hits).sum()
        }
    };
    let totals = [
        ("lines", expected.lines, found.lines),
        ("malformed", expected.malformed, found.malformed),
        ("unresolved", unresolved, found.unresolved),
    ];
    let totals = totals.into_iter().filter(|(_, should, is)| should != is);
    let mut all: Vec<_> = totals
        .map(|(name, should, is)| Difference::Total(name, should, is))
        .collect();
    all.extend(in_rows(&expected.rows, &found.rows, rule));
    // Where the counts differ, so does the order, which then says nothing.
    if all.is_empty() {
        all.extend(misplaced(&found.rows));
    }
    all
}

/// The same of rows alone, for programs that tell no totals.
pub fn differences_of_rows(expected: &[Row], found: &[Row]) -> Vec<Difference> {
    let mut all = in_rows(expected, found, Rule::Equal);
    if all.is_empty() {
        all.extend(misplaced(found));
    }
    all
}

fn in_rows(expected: &[Row], found: &[Row], rule: Rule) -> Vec<Difference> {
    let (found, mut all) = by_pair(found);
    let (expected, _) = by_pair(expected);
    all.extend(match rule {
        Rule::Equal => exact(&expected, &found),
        Rule::ButUnresolved => but_unresolved(&expected, &found, false),
        Rule::AllUnresolved => but_unresolved(&expected, &found, true),
    });
    all
}

/// Rows by holder and route.
type ByPair<'a> = BTreeMap<(&'a str, &'a str), Counts>;

/// The rows by holder and route, and those that are there a second time.
fn by_pair(rows: &[Row]) -> (ByPair<'_>, Vec<Difference>) {
    let mut pairs = ByPair::new();
    let mut twice = Vec::new();
    for row in rows {
        let Row {
            holder,
            route,
            hits,
            bytes,
            errors,
        } = row;
        let counts = Counts {
            hits: *hits,
            bytes: *bytes,
            errors: *errors,
        };
        if pairs.insert((holder, route), counts).is_some() {
            twice.push(Difference::Twice(holder.clone(), route.clone()));
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

/// The rows that are missing, extra or different; those with the most hits first.
fn exact(expected: &ByPair<'_>, found: &ByPair<'_>) -> Vec<Difference> {
    let missing = expected
        .iter()
        .map(|(pair, &counts)| (pair, Some(counts), found.get(pair).copied()));
    let extra = found
        .iter()
        .filter(|(pair, _)| !expected.contains_key(*pair))
        .map(|(pair, &counts)| (pair, None, Some(counts)));
    let mut all: Vec<_> = missing.chain(extra).filter(|(_, a, b)| a != b).collect();
    let hits = |counts: &Option<Counts>| counts.map_or(0, |counts| counts.hits);
    all.sort_by_key(|(pair, a, b)| (Reverse(hits(a).max(hits(b))), **pair));
    all.into_iter()
        .map(|(pair, a, b)| row(*pair, a, b))
        .collect()
}

/// Each route has all its hits, no row of a holder has more than it should; and if the directory answers
/// nothing, no holder has any but `unknown`, which is what is never asked for.
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

/// The first row that does not stand by hits descending, then holder, then route.
fn misplaced(rows: &[Row]) -> Option<Difference> {
    let place = |row: &Row| (Reverse(row.hits), row.holder.clone(), row.route.clone());
    rows.windows(2)
        .find(|pair| place(&pair[0]) > place(&pair[1]))
        .map(|pair| Difference::Misplaced(pair[1].holder.clone(), pair[1].route.clone()))
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |counts: &Counts| format!("{} {} {}", counts.hits, counts.bytes, counts.errors);
        match self {
            Difference::Total(name, expected, found) => write!(f, "{name}: {found} for {expected}"),
            Difference::Row {
                holder,
                route,
                expected,
                found,
            } => match (expected, found) {
                (Some(expected), Some(found)) => {
                    write!(f, "{holder} {route} {} for {}", told(found), told(expected))
                }
                (Some(expected), None) => {
                    write!(f, "{holder} {route} {} is missing", told(expected))
                }
                (None, Some(found)) => write!(f, "{holder} {route} {} is too much", told(found)),
                (None, None) => write!(f, "{holder} {route} is not there"),
            },
            Difference::Twice(holder, route) => write!(f, "{holder} {route} comes twice"),
            Difference::Misplaced(holder, route) => {
                write!(f, "the rows are in another order, from {holder} {route} on")
            }
        }
    }
}

#[cfg(test)]
mod tests;
