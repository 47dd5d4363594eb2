//! Pieces of source files, between `// ANCHOR: name` and `// ANCHOR_END: name`: the marks of mdBook's
//! `include`, so that one piece may be shown by either.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// A piece of a file.
pub struct Piece {
    /// Relative to the project's root.
    pub file: PathBuf,
    /// Without the marks and without the indentation that all its lines share.
    pub code: String,
}

/// All files of that extension in a folder and below; a folder that cannot be read has none.
///
/// They are sorted. What was built from the source, in `target`, is none.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let all = WalkDir::new(folder).sort_by_file_name().into_iter();
    let of_source = all.filter_entry(|entry| entry.file_name() != "target");
    let paths = of_source.flatten().map(DirEntry::into_path);
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == extension))
        .filter(|path| path.is_file())
        .collect()
}

/// The anchors of a text.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| mark(line)?.strip_prefix("ANCHOR: "))
}

/// The piece of that anchor; none if there is no such anchor.
///
/// # Errors
///
/// If the piece has no end.
pub fn code(text: &str, anchor: &str) -> Option<Result<String, String>> {
    let is = |line: &str, start: &str| {
        mark(line).and_then(|mark| mark.strip_prefix(start)) == Some(anchor)
    };
    let mut lines = text.lines().skip_while(|line| !is(line, "ANCHOR: "));
    lines.next()?;
    let mut inside = Vec::new();
    for line in lines {
        if is(line, "ANCHOR_END: ") {
            return Some(Ok(dedented(&inside)));
        }
        // Other pieces may begin or end in this one.
        if mark(line).is_none() {
            inside.push(line);
        }
    }
    Some(Err(format!("`ANCHOR: {anchor}` has no end")))
}

/// What a line says about anchors: `ANCHOR: send`.
fn mark(line: &str) -> Option<&str> {
    let comment = line.trim().strip_prefix("//")?.trim();
    comment.starts_with("ANCHOR").then_some(comment)
}

/// The lines without what all of them begin with, blanks or tabs, and without empty ones at the ends.
fn dedented(lines: &[&str]) -> String {
    let filled = || lines.iter().filter(|line| !line.trim().is_empty());
    let indent = filled()
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines = lines
        .iter()
        .map(|line| line.get(indent..).unwrap_or("").trim_end());
    let text = lines.collect::<Vec<_>>().join("\n");
    text.trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_loses_its_marks_and_its_indentation() {
        let text = "a\n    // ANCHOR: one\n    b\n    // ANCHOR: two\n\n        c\n    // ANCHOR_END: one\nd\n";
        assert_eq!(code(text, "one"), Some(Ok("b\n\n    c".to_owned())));
        assert_eq!(
            code(text, "two"),
            Some(Err("`ANCHOR: two` has no end".to_owned()))
        );
        assert_eq!(code(text, "on"), None);
        assert_eq!(names(text).collect::<Vec<_>>(), ["one", "two"]);
    }

    #[test]
    fn tabs_are_indentation_too() {
        let text = "// ANCHOR: x\n\tif a {\n\t\tb()\n\t}\n// ANCHOR_END: x\n";
        assert_eq!(code(text, "x"), Some(Ok("if a {\n\tb()\n}".to_owned())));
    }
}
