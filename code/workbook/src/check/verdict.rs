//! Holds a printed report against the oracle's, and tells what differs.

mod rules;

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

impl Expected {
    /// Asks the oracle.
    pub fn of(logs: &[&[u8]]) -> Expected {
        Expected::by(&Oracle::of(logs))
    }

    /// As [`Expected::of`], against a table of `first,last,holder` rows.
    pub fn with_table(logs: &[&[u8]], table: &str) -> Expected {
        Expected::by(&Oracle::with_table(logs, table))
    }

    fn by(oracle: &Oracle) -> Expected {
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
        let (found, twice) = rules::by_pair(&report.rows);
        differences.extend(twice);
        let (expected, _) = rules::by_pair(&self.rows);
        let in_rows = match rule {
            Rule::Equal => rules::exact(&expected, &found),
            Rule::ButUnresolved => rules::but_unresolved(&expected, &found, false),
            Rule::AllUnresolved => rules::but_unresolved(&expected, &found, true),
        };
        differences.extend(in_rows);
        if differences.is_empty() {
            differences.extend(rules::misplaced(&report.rows));
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

#[cfg(test)]
mod tests;
