//! The collector: runs the suites, interleaved, and files what they measured.
//!
//! Cases are not measured one after the other but in rounds, each case once a round, so that a noisy
//! minute falls on all of them alike. The benches are built once and invoked for each round and case. What is
//! measured in two languages has its turns next to each other: behind the last case of a program in Rust come those
//! of its twin in Go, in each round.

mod benches;
mod filing;
mod go;
mod processes;
mod programs;
mod published;
mod samples;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use self::benches::Figure;
use crate::suites::{Kind, SUITES};
use crate::{derive, peers};
use results::Suite;

pub use filing::About;
pub(crate) use filing::file;
pub(crate) use programs::build_programs;
pub(crate) use samples::Samples;

/// How thorough a measurement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// One round with short times: an order of magnitude in a minute or two.
    Quick,
    /// Several rounds: what the book prints.
    Full,
}

/// How far a measurement has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Measurements made.
    pub done: usize,
    /// Measurements to make; 0 while the benches are being built.
    pub total: usize,
    /// What is being measured now.
    pub what: String,
}

/// The names of all suites.
pub fn suites() -> impl Iterator<Item = &'static str> {
    SUITES.iter().map(|suite| suite.name)
}

/// The names of the suites that run on any machine. What needs a tool that not every machine has is for
/// those who ask for it.
pub fn usual_suites() -> impl Iterator<Item = &'static str> {
    let usual = SUITES
        .iter()
        .filter(|suite| !matches!(suite.kind, Kind::Profile(_) | Kind::Instructions(_)));
    usual.map(|suite| suite.name)
}

/// What is to be measured.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The suite's name.
    pub suite: &'a str,
    /// Only the cases whose name contains this, or one of these between commas; what was measured before of the others
    /// is kept.
    pub only: Option<&'a str>,
    /// How thoroughly.
    pub effort: Effort,
}

impl Order<'_> {
    pub(crate) fn has(&self, case: &str) -> bool {
        let is_meant = |only: &str| only.split(',').any(|part| case.contains(part));
        self.only.is_none_or(is_meant)
    }

    /// The command that measures it again. Whoever reads it sees when not all cases ran together.
    fn command(&self) -> String {
        let mut command = format!("cargo run --release -- bench {}", self.suite);
        if let Some(only) = self.only {
            command += &format!(" --only {only}");
        }
        if self.effort == Effort::Quick {
            command += " --quick";
        }
        command
    }
}

/// Measures one suite, and files it in `into`.
///
/// # Errors
///
/// If there is no such suite or case, it does not build, or an answer it computes is wrong.
pub fn run(
    root: &Path,
    order: &Order,
    into: &Path,
    say: &mut dyn FnMut(&Progress),
) -> Result<PathBuf> {
    let name = order.suite;
    let Some(suite) = SUITES.iter().find(|suite| suite.name == name) else {
        bail!(
            "there is no suite {name}; there are {}",
            suites().collect::<Vec<_>>().join(", ")
        );
    };
    if let Kind::Profile(cases) = suite.kind {
        return processes::take_profiles(root, order, &cases(), into, say);
    }
    let load_before = results::load_average();
    let mut samples = Samples::default();
    match suite.kind {
        Kind::Criterion { metric, unit } => {
            let figure = Figure::Rate(metric, unit);
            benches::measure(root, order, figure, None, &mut samples, say)?;
        }
        Kind::Concepts => {
            let twins = go::Twins::new(root, order, say)?;
            benches::measure(root, order, Figure::Time, twins.as_ref(), &mut samples, say)?;
        }
        Kind::Published => published::count(root, &mut samples, say)?,
        Kind::Process(cases) => {
            processes::measure(root, order, &cases(), &mut samples, say)?;
        }
        Kind::Instructions(programs) => {
            processes::count_instructions(root, order, programs, &mut samples, say)?;
        }
        Kind::Profile(_) => unreachable!("profiles have no samples of a metric"),
        Kind::Peers => peers::measure(root, order, &mut samples, say)?,
    }
    let file = filing::place(into, name);
    let mut cases = match order.only {
        Some(_) if file.exists() => Suite::read(&file)?.cases,
        _ => BTreeMap::new(),
    };
    cases.extend(samples.into_cases(root)?);
    derive::all(&mut cases);
    let about = About {
        suite: name,
        workload: suite.workload,
        command: &order.command(),
    };
    let (_, file) = filing::file(root, into, &about, load_before, cases)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_says_when_not_all_cases_ran_together() {
        let all = Order {
            suite: "evolution",
            only: None,
            effort: Effort::Full,
        };
        assert_eq!(all.command(), "cargo run --release -- bench evolution");
        let some = Order {
            only: Some("s08"),
            effort: Effort::Quick,
            ..all
        };
        assert_eq!(
            some.command(),
            "cargo run --release -- bench evolution --only s08 --quick"
        );
        assert!(some.has("evolution/s08-coalesce") && !some.has("evolution/s09-batch"));
        let two = Order {
            only: Some("s08,s09"),
            ..all
        };
        assert!(two.has("evolution/s08-coalesce") && two.has("evolution/s09-batch"));
        assert!(!two.has("evolution/s10-shard"));
    }
}
