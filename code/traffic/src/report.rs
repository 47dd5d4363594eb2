//! Who asked for what: the answer that every step must agree on.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Holder, Unresolved};
use crate::hit::{Hit, Malformed};
use crate::input::{Line, Place};

/// How many malformed lines are remembered with their place, to be shown to the user.
pub const EXAMPLES_MAX: usize = 5;

/// The holder under which the hits of failed lookups are reported.
pub const UNRESOLVED: &str = "unresolved";

/// Counts for each (holder, route), and totals for the whole input.
///
/// `lines = sum of hits + malformed`, always. It can travel: what another process has counted is merged like
/// what another thread has.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    // Two maps deep, so that a known pair is counted without allocating a key.
    resolved: HashMap<Holder, Routes, RandomState>,
    unresolved: Routes,
    lines: u64,
    malformed: u64,
    examples: BTreeMap<Place, Malformed>,
}

/// The hash has a seed of its own for each map, and is some three times as fast as the standard one: a report of a
/// hundred thousand rows is made in a few milliseconds, and its rows are part of every measurement.
type Routes = HashMap<Box<[u8]>, Counts, RandomState>;

/// What is counted for one pair. Bytes need more than 64 bits: one line alone can fill those.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// How many lines.
    pub hits: u64,
    /// The sum of the answers' sizes.
    pub bytes: u128,
    /// How many answers had a status of 500 or above.
    pub errors: u64,
}

/// One row of the sorted report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Who holds the clients' addresses.
    pub holder: String,
    /// The path they asked for; bytes that were not UTF-8 are U+FFFD.
    pub route: String,
    /// How many lines.
    pub hits: u64,
    /// The sum of the answers' sizes.
    pub bytes: u128,
    /// How many answers had a status of 500 or above.
    pub errors: u64,
}

impl Row {
    fn new(holder: &str, route: String, counts: Counts) -> Row {
        Row {
            holder: holder.to_owned(),
            route,
            hits: counts.hits,
            bytes: counts.bytes,
            errors: counts.errors,
        }
    }
}

impl Report {
    /// An empty report.
    pub fn new() -> Report {
        Report::default()
    }

    /// Counts one hit under its client's holder, or as unresolved.
    pub fn count(&mut self, answer: &Answer, hit: &Hit) {
        let mut counts = Counts::default();
        counts.count(hit);
        self.add(answer, hit.route, counts);
    }

    /// Adds what was counted elsewhere for a holder and a route.
    pub fn add(&mut self, answer: &Answer, route: &[u8], counts: Counts) {
        self.lines += counts.hits;
        // The entry API would want an owned key for every hit, and nearly all pairs are known.
        match answer {
            Err(Unresolved) => add_route(&mut self.unresolved, route, counts),
            Ok(holder) => match self.resolved.get_mut(holder) {
                Some(routes) => add_route(routes, route, counts),
                None => {
                    let routes = self.resolved.entry(holder.clone()).or_default();
                    add_route(routes, route, counts);
                }
            },
        }
    }

    /// Counts one line that is not a hit.
    pub fn malformed(&mut self, line: &Line, why: Malformed) {
        self.malformed_at(line.place, why);
    }

    /// Counts one line that is not a hit, by its place alone.
    pub fn malformed_at(&mut self, place: Place, why: Malformed) {
        self.lines += 1;
        self.malformed += 1;
        self.example(place, why);
    }

    /// Adds all that another report counted, as if its lines had been counted here.
    pub fn merge(&mut self, other: Report) {
        for (holder, routes) in other.resolved {
            merge_routes(self.resolved.entry(holder).or_default(), routes);
        }
        merge_routes(&mut self.unresolved, other.unresolved);
        self.lines += other.lines;
        self.malformed += other.malformed;
        for (place, why) in other.examples {
            self.example(place, why);
        }
    }

    /// Lines read, hits and malformed ones.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Lines that were not hits.
    pub fn malformed_lines(&self) -> u64 {
        self.malformed
    }

    /// Hits whose client's lookup failed.
    pub fn unresolved(&self) -> u64 {
        self.unresolved.values().map(|counts| counts.hits).sum()
    }

    /// The first malformed lines of the input, at most [`EXAMPLES_MAX`].
    pub fn examples(&self) -> impl Iterator<Item = (Place, Malformed)> + '_ {
        self.examples.iter().map(|(&place, &why)| (place, why))
    }

    /// The rows: by hits descending, then holder, then route, in byte order.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        // Routes that differ only in bytes that are not UTF-8 print alike, and are one row; and so do clients whose
        // lookup failed and a holder of that name.
        let mut printed: HashMap<(&str, String), Counts> = HashMap::new();
        let resolved = self
            .resolved
            .iter()
            .map(|(holder, routes)| (holder.as_str(), routes));
        for (holder, routes) in resolved.chain([(UNRESOLVED, &self.unresolved)]) {
            for (route, counts) in routes {
                let route = String::from_utf8_lossy(route);
                if route.contains('\u{fffd}') || holder == UNRESOLVED {
                    let printed = printed.entry((holder, route.into_owned()));
                    printed.or_default().merge(*counts);
                } else {
                    rows.push(Row::new(holder, route.into_owned(), *counts));
                }
            }
        }
        let printed = printed.into_iter();
        rows.extend(printed.map(|((holder, route), counts)| Row::new(holder, route, counts)));
        rows.sort_unstable_by(|a, b| {
            b.hits
                .cmp(&a.hits)
                .then_with(|| a.holder.cmp(&b.holder))
                .then_with(|| a.route.cmp(&b.route))
        });
        rows
    }

    fn example(&mut self, place: Place, why: Malformed) {
        self.examples.insert(place, why);
        if self.examples.len() > EXAMPLES_MAX {
            self.examples.pop_last();
        }
    }
}

fn add_route(routes: &mut Routes, route: &[u8], counts: Counts) {
    match routes.get_mut(route) {
        Some(own) => own.merge(counts),
        None => routes.entry(route.into()).or_default().merge(counts),
    }
}

fn merge_routes(own: &mut Routes, other: Routes) {
    for (route, counts) in other {
        own.entry(route).or_default().merge(counts);
    }
}

impl Counts {
    /// Counts one hit.
    pub fn count(&mut self, hit: &Hit) {
        self.hits += 1;
        self.bytes += u128::from(hit.bytes);
        self.errors += u64::from(hit.status >= 500);
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: Counts) {
        self.hits += other.hits;
        self.bytes += other.bytes;
        self.errors += other.errors;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(route: &'static [u8], status: u16, bytes: u64) -> Hit<'static> {
        Hit {
            client: b"c",
            route,
            status,
            bytes,
        }
    }

    fn place(offset: u64) -> Line {
        Line {
            bytes: Vec::new(),
            place: Place { file: 0, offset },
            due: None,
        }
    }

    #[test]
    fn rows_are_sorted_by_hits_then_names() {
        let mut report = Report::new();
        let (a, b) = (Ok(Holder::new("a")), Ok(Holder::new("b")));
        report.count(&b, &hit(b"/x", 200, 1));
        report.count(&a, &hit(b"/y", 200, 1));
        report.count(&a, &hit(b"/x", 200, 1));
        report.count(&b, &hit(b"/z", 500, 2));
        report.count(&b, &hit(b"/z", 499, 3));
        let rows = report.rows();
        let names: Vec<_> = rows
            .iter()
            .map(|row| (row.holder.as_str(), row.route.as_str()))
            .collect();
        assert_eq!(names, [("b", "/z"), ("a", "/x"), ("a", "/y"), ("b", "/x")]);
        assert_eq!((rows[0].hits, rows[0].bytes, rows[0].errors), (2, 5, 1));
    }

    #[test]
    fn rows_that_print_alike_are_one() {
        let mut report = Report::new();
        let holder = Ok(Holder::new("a"));
        for route in [&b"/\xff"[..], b"/\xfe", "/\u{fffd}".as_bytes()] {
            report.count(
                &holder,
                &Hit {
                    client: b"c",
                    route,
                    status: 200,
                    bytes: u64::MAX,
                },
            );
        }
        let rows = report.rows();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].bytes, 3 * u128::from(u64::MAX));
    }

    #[test]
    fn a_holder_called_unresolved_shares_the_row_but_not_the_total() {
        let mut report = Report::new();
        report.count(&Ok(Holder::new(UNRESOLVED)), &hit(b"/", 200, 1));
        report.count(&Err(Unresolved), &hit(b"/", 200, 1));
        assert_eq!(report.rows().len(), 1);
        assert_eq!(report.unresolved(), 1);
    }

    #[test]
    fn merging_is_counting_together_and_keeps_the_first_examples() {
        let (mut left, mut right, mut both) = (Report::new(), Report::new(), Report::new());
        for n in 0..20 {
            let answer = if n % 3 == 0 {
                Err(Unresolved)
            } else {
                Ok(Holder::new("a"))
            };
            let side = if n % 2 == 0 { &mut left } else { &mut right };
            for report in [side, &mut both] {
                report.count(&answer, &hit(b"/", 500, n));
                report.malformed(&place(20 - n), Malformed::Status);
            }
        }
        left.merge(right);
        assert_eq!(left.rows(), both.rows());
        assert_eq!(
            (left.lines(), left.malformed_lines(), left.unresolved()),
            (40, 20, 7)
        );
        assert!(left.examples().eq(both.examples()));
        assert_eq!(
            left.examples()
                .map(|(place, _)| place.offset)
                .collect::<Vec<_>>(),
            [1, 2, 3, 4, 5]
        );
    }
}
