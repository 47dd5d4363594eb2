//! The measurements that the chapters refer to: those of one machine.
//!
//! Measurements of several machines may lie side by side; `machine = "…"` in the preprocessor's table of
//! `book.toml` says which one is the book's. A case that only another machine has measured is taken from there: all that is
//! shown names its machine, and what is compared has to be of one. What both have measured is the book's, and the other
//! machine's where a reference names it, as a parameter: `evolution/cost[machine=amd-epyc-2]`. The reader's own lie elsewhere
//! and are loaded apart.

mod order;

use std::collections::BTreeSet;
use std::mem;
use std::path::PathBuf;

use project::Problem;
use project::Project;
use project::suggest;
use results::{Case, Metric, Suite, Summary};
use results::{CaseName, Reference};

use self::order::{Entry, in_order};
use crate::number;
use crate::places::Places;

/// The parameter by which a reference says that it means another machine than the book's.
pub(crate) const MACHINE: &str = "machine";

/// All suites that were measured on one machine.
#[derive(Default)]
pub struct Measurements {
    suites: Vec<Suite>,
    /// The cases in the order of their names, which are read once: hundreds of references look for one.
    cases: Vec<Entry>,
    /// Whether a file of them cannot be read.
    is_partial: bool,
    /// What is said of a measurement that is missing because all are: where they would lie, and what makes them.
    none: String,
}

/// What one reference found.
#[derive(Clone)]
pub struct Measured<'r> {
    /// The case and the metric.
    pub reference: Reference,
    /// The metric's unit.
    pub unit: &'r str,
    /// Median and spread.
    pub summary: Summary,
    /// How often it was measured.
    pub samples: usize,
    /// The suite that holds it, for machine, date and command.
    pub suite: &'r Suite,
}

impl Measured<'_> {
    /// That something of another machine can be compared with it.
    ///
    /// # Errors
    ///
    /// If it cannot: then the difference may be that of the machines.
    pub fn on_the_machine_of(&self, other: &Measured<'_>) -> Result<(), String> {
        let [one, two] = [self, other].map(|measured| &measured.suite.machine.name);
        if one == two {
            return Ok(());
        }
        Err(format!(
            "`{}` was measured on {one} and `{}` on {two}: what differs may be the machines",
            self.reference, other.reference
        ))
    }
}

impl Measurements {
    /// The book's committed results.
    ///
    /// Files that cannot be read, and not knowing which machine is meant, are problems.
    pub fn of_the_book(
        project: &Project,
        places: &Places,
        machine: Option<&str>,
    ) -> (Measurements, Vec<Problem>) {
        let (suites, mut problems) = results::suites(project, &places.results);
        let folder = project.shown(&places.results).display().to_string();
        let is_partial = !problems.is_empty();
        let mut machines: Vec<&str> = suites.iter().map(|s| s.machine.name.as_str()).collect();
        machines.sort_unstable();
        machines.dedup();
        let chosen = match (machine, machines.as_slice()) {
            (Some(name), known) if known.is_empty() || known.contains(&name) => name.to_owned(),
            (None, []) => String::new(),
            (None, [only]) => (*only).to_owned(),
            (wanted, known) => {
                problems.push(machine_problem(wanted, known, &folder, places));
                known[0].to_owned()
            }
        };
        let suites = led_by(&chosen, suites);
        let measurements = Measurements {
            cases: in_order(&suites),
            suites,
            is_partial,
            none: format!("{folder} holds none; `{}` makes them", places.bench),
        };
        (measurements, problems)
    }

    /// The reader's own results: of each suite the latest.
    pub fn of_the_reader(project: &Project) -> Measurements {
        // An unreadable file of the reader's is not a mistake in the book.
        let (mut suites, problems) = results::suites(project, &project.own_results());
        let is_partial = !problems.is_empty();
        suites.sort_by(|a, b| (&a.suite, &b.date).cmp(&(&b.suite, &a.date)));
        suites.dedup_by(|later, first| later.suite == first.suite);
        Measurements {
            cases: in_order(&suites),
            suites,
            is_partial,
            ..Measurements::default()
        }
    }

    /// Whether all files could be read: if not, what is not found was perhaps measured.
    pub fn is_whole(&self) -> bool {
        !self.is_partial
    }

    /// Whether nothing was measured at all.
    pub fn is_empty(&self) -> bool {
        self.suites.is_empty()
    }

    /// The suites, by the names of their files.
    pub fn suites(&self) -> &[Suite] {
        &self.suites
    }

    /// Every case with its suite, in the order of their names.
    pub fn cases(&self) -> Vec<(&CaseName, &Case, &Suite)> {
        self.cases.iter().map(|entry| self.at(entry)).collect()
    }

    fn at<'r>(&'r self, entry: &'r Entry) -> (&'r CaseName, &'r Case, &'r Suite) {
        let suite = &self.suites[entry.suite];
        (&entry.name, &suite.cases[&entry.written], suite)
    }

    /// The measurement that a reference means.
    ///
    /// # Errors
    ///
    /// If there is none: which part of the reference is unknown, and what it may have meant.
    pub fn find(&self, reference: &Reference) -> Result<Measured<'_>, String> {
        let mut metrics = Vec::new();
        let before = (self.cases).partition_point(|entry| entry.name < reference.case);
        let of_that_name =
            (self.cases[before..].iter()).take_while(|entry| entry.name == reference.case);
        for (_, case, suite) in of_that_name.map(|entry| self.at(entry)) {
            if let Some(metric) = case.metrics.get(&reference.metric) {
                return Ok(measured(reference.clone(), metric, suite));
            }
            metrics.extend(case.metrics.keys().map(String::as_str));
        }
        Err(if metrics.is_empty() {
            self.no_case(&reference.case)
        } else {
            no_metric(reference, &metrics)
        })
    }

    fn no_case(&self, case: &CaseName) -> String {
        if self.is_empty() {
            return format!("there is no measurement of `{case}`: {}", self.none);
        }
        let known: Vec<String> = self
            .cases()
            .iter()
            .map(|(name, ..)| name.to_string())
            .collect();
        let written = case.to_string();
        let hint = suggest::hint(&written, known.iter().map(String::as_str));
        format!("there is no measurement of `{case}` on the book's machine{hint}")
    }
}

/// One metric of a case as a finding.
pub fn measured<'r>(reference: Reference, metric: &'r Metric, suite: &'r Suite) -> Measured<'r> {
    Measured {
        reference,
        unit: &metric.unit,
        summary: metric.summary(),
        samples: metric.samples.len(),
        suite,
    }
}

impl Measured<'_> {
    /// The median as it is written in the text.
    pub fn median(&self) -> String {
        number::quantity(self.summary.median, self.unit)
    }

    /// The spread: `1,410 lines/s to 1,450 lines/s`.
    pub fn spread(&self) -> String {
        let low = number::split(self.summary.low, self.unit);
        let high = number::split(self.summary.high, self.unit);
        let from = if low.1 == high.1 {
            number::join(&low.0, "")
        } else {
            number::join(&low.0, &low.1)
        };
        format!("{from} to {}", number::join(&high.0, &high.1))
    }

    /// Median, spread and number of samples, for titles and evidence.
    pub fn in_full(&self) -> String {
        let plural = if self.samples == 1 { "" } else { "s" };
        format!(
            "{}: median {}, spread {}, {} sample{plural}",
            self.reference,
            self.median(),
            self.spread(),
            self.samples
        )
    }
}

/// Machine and date, as they stand under charts and in titles.
pub fn provenance(suite: &Suite) -> String {
    let Suite { machine, date, .. } = suite;
    format!(
        "{}, {} cores, {}; {date}",
        machine.cpu, machine.cores, machine.os
    )
}

/// The same as short as it may be: what a slide has room for.
pub fn provenance_in_short(suite: &Suite) -> String {
    format!("{}; {}", machine_in_short(suite), suite.date)
}

/// The machine alone, without the signs of its trade marks.
pub fn machine_in_short(suite: &Suite) -> String {
    let machine = &suite.machine;
    let cpu = machine.cpu.replace("(R)", "").replace("(TM)", "");
    format!("{cpu}, {} cores", machine.cores)
}

/// The suites of the chosen machine, and behind them those of others; their cases that a suite before them has, too, bear
/// their machine in their names.
fn led_by(chosen: &str, mut suites: Vec<Suite>) -> Vec<Suite> {
    // Of several others the first leads, as in all lists of them.
    suites.sort_by_key(|suite| suite.machine.name != chosen);
    let mut found = BTreeSet::new();
    for suite in &mut suites {
        let machine = &suite.machine.name;
        let cases = mem::take(&mut suite.cases).into_iter();
        suite.cases = cases
            .map(|(name, case)| match found.contains(&name) {
                true => (of_machine(&name, machine), case),
                false => (name, case),
            })
            .collect();
        found.extend(suite.cases.keys().cloned());
    }
    suites
}

/// The name of a case with its machine among the parameters. One that cannot be read stays as it is.
fn of_machine(name: &str, machine: &str) -> String {
    let Ok(mut case) = CaseName::parse(name) else {
        return name.to_owned();
    };
    case.parameters.insert(MACHINE.into(), machine.into());
    case.to_string()
}

fn no_metric(reference: &Reference, known: &[&str]) -> String {
    let hint = suggest::hint(&reference.metric, known.iter().copied());
    let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let Reference { case, metric } = reference;
    format!(
        "`{case}` has no metric `{metric}`, it has {}{hint}",
        list.join(", ")
    )
}

fn machine_problem(wanted: Option<&str>, known: &[&str], folder: &str, places: &Places) -> Problem {
    let list = known.join(" and ");
    let message = match wanted {
        Some(wanted) => format!(
            "the book's machine is `{wanted}`, but {folder} holds {list} only{}",
            suggest::hint(wanted, known.iter().copied())
        ),
        None => format!(
            "{folder} holds {list}; say which is the book's by `machine` in [{}]",
            places.table
        ),
    };
    Problem {
        file: PathBuf::from("book.toml"),
        line: None,
        message,
    }
}

#[cfg(test)]
mod tests;
