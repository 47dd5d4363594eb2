//! The result files of a folder.

use std::path::{Path, PathBuf};

use bench::results::Suite;

use crate::problem::Problem;
use crate::project::Project;

/// Every suite in a folder, by file name; a folder that is not there holds none.
pub fn suites(project: &Project, folder: &Path) -> (Vec<Suite>, Vec<Problem>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        // Only `suite@machine.json`: recorded runs are JSON too.
        .filter(|path| {
            path.file_stem()
                .is_some_and(|stem| stem.to_string_lossy().contains('@'))
        })
        .collect();
    paths.sort();
    let mut suites = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match Suite::read(&path) {
            Ok(suite) => suites.push(suite),
            Err(error) => problems.push(Problem {
                file: project.shown(&path).to_path_buf(),
                line: None,
                message: format!("{error:#}"),
            }),
        }
    }
    (suites, problems)
}
