//! The fastest step, by the book's own measurements.

use anyhow::Result;
use measured::{Measurements, Places};
use pages::load;
use project::{Problem, Program, Project};

use crate::book;

/// The suite and the metric that the steps are ranked by.
const SUITE: &str = "evolution";
const METRIC: &str = "lines_per_s";

/// The one of these steps that has the most lines a second on the book's workload and at its distance,
/// on a log of any length, none while nothing is measured; and what is wrong with the results.
///
/// # Errors
///
/// If `book.toml` cannot be read.
pub fn step(project: &Project, steps: &[Program]) -> Result<(Option<String>, Vec<Problem>)> {
    let machine = book::machine(&load::config(project, None)?);
    let (measurements, problems) =
        Measurements::of_the_book(project, &Places::of(project), machine.as_deref());
    Ok((fastest(&measurements, steps), problems))
}

fn fastest(measurements: &Measurements, steps: &[Program]) -> Option<String> {
    // The book's machine leads; what another one has measured besides is not compared with it.
    let of_the_book = measurements
        .suites()
        .iter()
        .find(|suite| suite.suite == SUITE)?;
    let machine = &of_the_book.machine.name;
    let all = measurements.cases().into_iter();
    let medians = all.filter_map(|(case, measured, suite)| {
        let name = case.base.strip_prefix("evolution/")?.to_owned();
        // What is measured for comparison is no step, and without the distance even the first is fast.
        let counts = suite.suite == SUITE
            && suite.machine.name == *machine
            && steps.iter().any(|step| step.name == name)
            && case.parameters.keys().all(|parameter| parameter == "lines");
        let metric = measured.metrics.get(METRIC).filter(|_| counts)?;
        Some((name, metric.summary().median))
    });
    medians
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(step, _)| step)
}

#[cfg(test)]
mod tests {
    use project::Part;
    use project::testing::sample;
    use results::testing::write_suite;

    use super::*;

    #[test]
    fn the_fastest_is_a_step_at_the_default_distance() {
        let (_folder, project) = sample();
        let cases = [
            ("evolution/slow", 10.0),
            ("evolution/fast", 9.0),
            ("evolution/fast[lines=1M]", 20.0),
            ("evolution/slow[delay=0]", 90.0),
            ("evolution/slow[workload=cold]", 90.0),
            ("evolution/cost", 90.0),
        ];
        write_suite(&project, "evolution", "here", &cases);
        let (measurements, problems) =
            Measurements::of_the_book(&project, &Places::of(&project), None);
        assert!(problems.is_empty(), "{problems:?}");
        let steps = ["slow", "fast"].map(|name| Program {
            name: name.into(),
            title: String::new(),
            description: String::new(),
            part: Part::Evolution,
            path: "".into(),
            parent: None,
            is_dead_end: false,
        });
        assert_eq!(fastest(&measurements, &steps).as_deref(), Some("fast"));
        assert_eq!(fastest(&measurements, &[]), None);
    }
}
