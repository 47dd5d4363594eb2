//! The result files of a folder.

use std::path::{Path, PathBuf};

use project::{Problem, Project};

use crate::Suite;

/// The result files in a folder, sorted; a folder that is not there holds none.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        // Only `suite@machine.json` is one.
        .filter(|path| {
            path.file_stem()
                .is_some_and(|stem| stem.to_string_lossy().contains('@'))
        })
        .collect();
    files.sort();
    files
}

/// Every suite in a folder, by file name, and which files cannot be read.
pub fn suites(project: &Project, folder: &Path) -> (Vec<Suite>, Vec<Problem>) {
    let mut suites = Vec::new();
    let mut problems = Vec::new();
    for path in files(folder) {
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
