//! The fastest step, by the book's own measurements.

use anyhow::{Context, Result};
use bench::results::Suite;

use crate::project::Project;

/// The suite and the metric that the steps are ranked by.
const SUITE: &str = "evolution";
const METRIC: &str = "lines_per_s";

/// The step with the most lines a second with any parameters; none while nothing is measured.
///
/// Medians of different machines say nothing about each other, so the first machine by name that
/// has measured the suite decides.
///
/// # Errors
///
/// If a result file cannot be read.
pub fn step(project: &Project) -> Result<Option<String>> {
    let Ok(entries) = std::fs::read_dir(project.results()) else {
        return Ok(None); // nothing has been measured yet
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.context("cannot read the results")?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(&format!("{SUITE}@")) && name.ends_with(".json") {
            files.push(path);
        }
    }
    files.sort();
    files
        .first()
        .map(|file| Suite::read(file))
        .transpose()
        .map(|suite| suite.and_then(fastest))
}

fn fastest(suite: Suite) -> Option<String> {
    let medians = suite.cases.iter().filter_map(|(case, measured)| {
        let step = case.strip_prefix("evolution/")?.split('[').next()?;
        Some((step, measured.metrics.get(METRIC)?.summary().median))
    });
    medians
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(step, _)| step.to_owned())
}
