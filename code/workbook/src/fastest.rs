//! The fastest step, by the book's own measurements.

use std::path::PathBuf;

use anyhow::{Context, Result};
use bench::results::Suite;

use crate::project::Project;

/// The suite and the metric that the steps are ranked by.
const SUITE: &str = "evolution";
const METRIC: &str = "lines_per_s";

/// The step with the most lines a second at the default distance, with whatever other parameters;
/// none while nothing is measured.
///
/// # Errors
///
/// If `book.toml` or the result file cannot be read.
pub fn step(project: &Project) -> Result<Option<String>> {
    let Some(file) = results(project)? else {
        return Ok(None);
    };
    Ok(fastest(&Suite::read(&file)?))
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

fn fastest(suite: &Suite) -> Option<String> {
    let medians = suite.cases.iter().filter_map(|(case, measured)| {
        let case = case.strip_prefix("evolution/")?;
        let (step, parameters) = case.split_once('[').unwrap_or((case, ""));
        let median = measured.metrics.get(METRIC)?.summary().median;
        // Without the distance even the first step is fast.
        (!parameters.contains("delay=")).then_some((step, median))
    });
    medians
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(step, _)| step.to_owned())
}
