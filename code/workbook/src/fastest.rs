//! The fastest step, by the book's own measurements.

use std::path::PathBuf;

use anyhow::{Context, Result};
use project::Program;
use project::Project;
use results::Suite;

/// The suite and the metric that the steps are ranked by.
const SUITE: &str = "evolution";
const METRIC: &str = "lines_per_s";

/// The one of these steps that has the most lines a second on the book's workload and at its distance,
/// on a log of any length; none while nothing is measured.
///
/// # Errors
///
/// If `book.toml` or the result file cannot be read.
pub fn step(project: &Project, steps: &[Program]) -> Result<Option<String>> {
    let Some(file) = results(project)? else {
        return Ok(None);
    };
    Ok(fastest(&Suite::read(&file)?, steps))
}

/// The results of the book's machine; if it names none there is one machine, as the build demands.
fn results(project: &Project) -> Result<Option<PathBuf>> {
    let machine = machine(project)?;
    let Ok(entries) = std::fs::read_dir(project.results()) else {
        return Ok(None); // nothing has been measured yet
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.context("cannot read the results")?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let measured_on = name
            .strip_prefix(&format!("{SUITE}@"))
            .and_then(|name| name.strip_suffix(".json"));
        if measured_on.is_some_and(|name| machine.as_deref().is_none_or(|machine| machine == name))
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files.into_iter().next())
}

/// The machine that `[preprocessor.workbook]` in `book.toml` calls the book's.
fn machine(project: &Project) -> Result<Option<String>> {
    let text =
        std::fs::read_to_string(project.root.join("book.toml")).context("cannot read book.toml")?;
    let book: toml::Table = toml::from_str(&text).context("book.toml is no configuration")?;
    let workbook = book
        .get("preprocessor")
        .and_then(|tables| tables.get("workbook"));
    let machine = workbook.and_then(|workbook| workbook.get("machine")?.as_str());
    Ok(machine.map(str::to_owned))
}

fn fastest(suite: &Suite, steps: &[Program]) -> Option<String> {
    let medians = suite.cases.iter().filter_map(|(case, measured)| {
        let case = case.strip_prefix("evolution/")?;
        let (name, parameters) = case.split_once('[').unwrap_or((case, ""));
        let median = measured.metrics.get(METRIC)?.summary().median;
        // What is measured for comparison is no step, and without the distance even the first is fast.
        let counts = steps.iter().any(|step| step.name == name)
            && (parameters.is_empty() || parameters.starts_with("lines="));
        counts.then_some((name, median))
    });
    medians
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(step, _)| step.to_owned())
}

#[cfg(test)]
mod tests {
    use project::Part;

    use super::*;

    #[test]
    fn the_fastest_is_a_step_at_the_default_distance() {
        let case = |rate: f64| {
            format!(
                r#"{{"source": "", "metrics": {{"lines_per_s": {{"unit": "lines/s", "samples": [{rate}]}}}}}}"#
            )
        };
        let suite = format!(
            r#"{{"suite": "evolution", "rustc": "", "commit": "", "date": "", "command": "", "workload": "",
                "machine": {{"name": "", "cpu": "", "cores": 2, "memory_bytes": 1, "os": "", "kernel": ""}},
                "load_average": [0, 0],
                "cases": {{"evolution/slow": {}, "evolution/fast": {}, "evolution/fast[lines=1M]": {},
                    "evolution/slow[delay=0]": {}, "evolution/slow[workload=cold]": {},
                    "evolution/cost": {}}}}}"#,
            case(10.0),
            case(9.0),
            case(20.0),
            case(90.0),
            case(90.0),
            case(90.0)
        );
        let steps = ["slow", "fast"].map(|name| Program {
            name: name.into(),
            title: String::new(),
            description: String::new(),
            part: Part::Evolution,
            path: PathBuf::new(),
            parent: None,
        });
        let suite = serde_json::from_str(&suite).unwrap();
        assert_eq!(fastest(&suite, &steps).as_deref(), Some("fast"));
        assert_eq!(fastest(&suite, &[]), None);
    }
}
