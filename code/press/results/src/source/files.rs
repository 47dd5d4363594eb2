//! The files of a module or a folder whose code counts.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use walkdir::{DirEntry, WalkDir};

/// All files that a path stands for: a file for itself, a folder for the Rust files in it, and a module by its
/// path without an ending for its file and its folder. Files and folders called `tests` do not count.
///
/// # Errors
///
/// If there is nothing of that name, or it cannot be read.
pub(super) fn of(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let module = path.with_extension("rs");
    if module.is_file() {
        files.push(module);
    }
    if path.is_dir() {
        for entry in WalkDir::new(path).into_iter().filter_entry(is_code) {
            let file = entry
                .with_context(|| format!("cannot read {}", path.display()))?
                .into_path();
            if file.extension().is_some_and(|ending| ending == "rs") {
                files.push(file);
            }
        }
    }
    ensure!(!files.is_empty(), "there is no code in {}", path.display());
    Ok(files)
}

fn is_code(entry: &DirEntry) -> bool {
    let stem = entry.path().file_stem();
    stem.is_none_or(|stem| stem != "tests")
}
