//! Made-up measurements, for the tests of what shows them.

use std::collections::BTreeMap;

use project::Project;

use crate::{Case, Machine, Metric, Suite};

/// Writes a suite whose cases have `lines_per_s` within one per cent of the given medians.
pub fn write_suite(project: &Project, suite: &str, machine: &str, cases: &[(&str, f64)]) {
    let cases = cases
        .iter()
        .map(|(name, median)| ((*name).to_owned(), case(*median)))
        .collect();
    let path = project.results().join(format!("{suite}@{machine}.json"));
    suite_of(suite, machine, cases).write(&path).unwrap();
}

/// A case with a narrow spread around a median.
pub fn case(median: f64) -> Case {
    let samples = [0.99, 0.993, 1.0, 1.007, 1.01]
        .map(|factor| median * factor)
        .to_vec();
    let metric = Metric {
        unit: "lines/s".into(),
        samples,
    };
    Case {
        source: "0".into(),
        metrics: BTreeMap::from([("lines_per_s".to_owned(), metric)]),
        series: BTreeMap::new(),
        notes: BTreeMap::new(),
    }
}

/// A suite of the given cases.
pub fn suite_of(suite: &str, machine: &str, cases: BTreeMap<String, Case>) -> Suite {
    Suite {
        suite: suite.into(),
        machine: Machine {
            name: machine.into(),
            cpu: "Model 1".into(),
            cores: 2,
            memory_bytes: 8 << 30,
            os: "Linux".into(),
            kernel: "6".into(),
        },
        rustc: "rustc 1.95.0".into(),
        commit: "abc".into(),
        date: "2026-11-22".into(),
        command: format!("workbook bench {suite}"),
        workload: "steady".into(),
        load_average: [0.1, 0.2],
        cases,
    }
}
