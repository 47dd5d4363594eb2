//! The files of a folder of the book that hold tables, such as its quizzes, and the texts in them.

use std::path::{Path, PathBuf};

/// The TOML files of a folder, by name; none if there is no such folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_table = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "toml");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_table).collect();
    files.sort();
    files
}

/// A text of a file as Markdown: what its lines are indented by in the file would make code of it.
pub fn markdown(text: &str) -> String {
    let lines = text.trim().lines();
    let mut is_code = false;
    let flat = lines.map(|line| {
        let is_fence = line.trim_start().starts_with("```");
        let shown = if is_code && !is_fence {
            line
        } else {
            line.trim_start()
        };
        is_code ^= is_fence;
        shown
    });
    flat.collect::<Vec<_>>().join("\n")
}
