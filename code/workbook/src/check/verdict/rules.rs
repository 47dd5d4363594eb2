//! Row by row: where a report differs from what it must be.

use std::collections::BTreeMap;

use traffic::UNRESOLVED;

use super::{Counts, Difference, Row};

/// Rows by holder and route.
pub type ByPair<'a> = BTreeMap<(&'a str, &'a str), Counts>;

/// The rows by holder and route, and those that are there a second time.
pub fn by_pair(rows: &[Row]) -> (ByPair<'_>, Vec<Difference>) {
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

/// The rows that are missing, extra or different; those with the most hits first.
pub fn exact(expected: &ByPair<'_>, found: &ByPair<'_>) -> Vec<Difference> {
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
pub fn but_unresolved(expected: &ByPair<'_>, found: &ByPair<'_>, none: bool) -> Vec<Difference> {
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
pub fn misplaced(rows: &[Row]) -> Option<Difference> {
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
