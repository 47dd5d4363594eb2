//! Different programs, with any number of workers or processes, have one report of a log, or one of them is wrong.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use traffic::Row;

use crate::process::Run;
use crate::suites::Process;

/// What makes an answer depend on when it was asked for: the directory has a fault, or its table changes.
const UNSTEADY: [&str; 2] = ["--fault", "--changes"];

/// The first report of each log, and the case that it is of.
#[derive(Default)]
pub(super) struct Reports(BTreeMap<String, (String, Vec<Row>)>);

impl Reports {
    /// Holds the report of a run of a case against that of the first run of the same log.
    ///
    /// # Errors
    ///
    /// If it is another one.
    pub(super) fn hold(&mut self, id: &str, case: &Process, run: &Run) -> Result<()> {
        let first = || (id.to_owned(), run.rows.clone());
        let (of, expected) = self.0.entry(case.log()).or_insert_with(first);
        ensure!(*expected == run.rows, "{id} has another report than {of}");
        Ok(())
    }

    /// The same, unless the report may well be another one: for the case, or because it is of a part of the log, or of lines
    /// without an answer, as a deadline leaves them.
    ///
    /// # Errors
    ///
    /// Those of [`hold`](Reports::hold).
    pub(super) fn hold_if_whole(&mut self, id: &str, case: &Process, run: &Run) -> Result<()> {
        let is_unsteady = (case.arguments.iter()).any(|word| UNSTEADY.contains(&word.as_str()));
        if is_unsteady || !run.is_whole() {
            return Ok(());
        }
        self.hold(id, case, run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suites::{network, processes};

    /// A run that comes to one row.
    fn run(hits: u64, unresolved: f64) -> Run {
        let mut run = Run::default();
        run.rows = vec![Row {
            holder: "a".into(),
            route: "b".into(),
            hits,
            bytes: 2,
            errors: 0,
        }];
        run.put("unresolved", "", unresolved);
        run
    }

    fn case(program: &str, parameters: &str) -> Process {
        let of_the_network = network::cases().into_iter().map(|(case, _)| case);
        let mut all = processes().into_iter().chain(of_the_network);
        let found = all.find(|case| case.program == program && case.parameters == parameters);
        found.unwrap_or_else(|| panic!("{program}{parameters}"))
    }

    #[test]
    fn another_report_of_the_same_log_is_an_error() {
        let mut reports = Reports::default();
        let mut hold = |id, case: &Process, hits| reports.hold(id, case, &run(hits, 0.0));
        let near = case("n00-tasks", "[lines=300000,delay=0]");
        let far = case("s09-batch", "[lines=300000]");
        assert!(hold("near", &near, 1).is_ok());
        assert!(hold("far", &far, 1).is_ok());
        let said = hold("far", &far, 2).expect_err("another one").to_string();
        assert_eq!(said, "far has another report than near");
        let shorter = case("n01-remote-channels", "[lines=5000,processes=0,workers=2]");
        assert!(hold("shorter", &shorter, 2).is_ok(), "another log");
    }

    #[test]
    fn what_has_no_answer_or_an_unsteady_one_is_not_compared() {
        let mut reports = Reports::default();
        let mut hold = |case: &Process, run: &Run| reports.hold_if_whole("x", case, run);
        let steady = case("s06-tasks", "[rate=10k,workers=1]");
        assert!(hold(&steady, &run(1, 0.0)).is_ok());
        assert!(hold(&steady, &run(2, 0.0)).is_err());
        // What a deadline has left without an answer is no other report of the log.
        let late = case("s07-deadline", "[rate=10k,workers=1]");
        assert!(hold(&late, &run(2, 1.0)).is_ok());
        let mut partial = run(2, 0.0);
        partial.is_partial = true;
        assert!(hold(&steady, &partial).is_ok());
        for parameters in ["[fault=hang,workers=8]", "[fault=slow,rate=5k,workers=64]"] {
            let fault = case("s06-tasks", parameters);
            assert!(hold(&fault, &run(2, 0.0)).is_ok(), "{parameters}");
        }
        let changing = case(
            "s13-replicate",
            "[changes=70ms,lines=30k,rate=20k,refresh=1s]",
        );
        assert!(hold(&changing, &run(1, 0.0)).is_ok());
        assert!(hold(&changing, &run(2, 0.0)).is_ok());
    }
}
