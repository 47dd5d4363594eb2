//! Checks mdBook's `include`: it leaves a missing file's directive in the page and includes nothing
//! for a missing anchor, both without a word.

use std::path::{Path, PathBuf};

use project::{Project, chapters, suggest};
use regex::Regex;

use crate::scan::Written;

/// What is wrong with one of mdBook's own directives, if anything is.
pub fn check(found: &Written<'_>, chapter: &Path, project: &Project) -> Option<String> {
    if found.name == "title" {
        return None;
    }
    let target = found.argument.split_whitespace().next().unwrap_or("");
    if target.is_empty() || !found.closed {
        return Some(format!("`{}` names no file", found.name));
    }
    let (file, part) = target.split_once(':').unwrap_or((target, ""));
    let path = chapter.parent().unwrap_or(chapter).join(file);
    if leads_out(found, chapter, project) {
        return Some(format!(
            "`{file}` is not in the project: it is not included"
        ));
    }
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Some(format!(
            "`{file}` cannot be read from {}",
            project.shown(chapter).display()
        ));
    };
    // A range of lines starts with a number or a colon; what else stands there is an anchor.
    if part.is_empty() || part.starts_with(|c: char| c.is_ascii_digit() || c == ':') {
        let count = text.lines().count();
        let last = part.split(':').filter_map(|line| line.parse().ok()).max();
        return (last > Some(count)).then(|| format!("`{file}` has {count} lines only"));
    }
    let anchors = Regex::new(r"ANCHOR:\s*([\w-]+)").expect("a valid pattern");
    let known: Vec<&str> = anchors
        .captures_iter(&text)
        .filter_map(|a| Some(a.get(1)?.as_str()))
        .collect();
    if known.contains(&part) {
        return None;
    }
    let hint = suggest::hint(part, known);
    Some(format!("`{file}` has no `ANCHOR: {part}`{hint}"))
}

/// Whether a directive includes a file from outside the project, also by a link. It would be published.
pub fn leads_out(found: &Written<'_>, chapter: &Path, project: &Project) -> bool {
    let target = found.argument.split_whitespace().next().unwrap_or("");
    let file = target.split(':').next().unwrap_or("");
    let path = chapter.parent().unwrap_or(chapter).join(file);
    let real = path
        .canonicalize()
        .ok()
        .zip(project.root.canonicalize().ok());
    found.name != "title" && real.is_some_and(|(path, root)| !path.starts_with(root))
}

/// The file that a directive includes, relative to the project; `chapter` is relative to the book.
pub fn path(found: &Written<'_>, chapter: &Path, project: &Project) -> Option<PathBuf> {
    let target = found.argument.split_whitespace().next()?;
    let file = target.split(':').next()?;
    let book = project.book();
    let folder = project.shown(&book).join(chapter.parent()?);
    Some(chapters::normal(&folder.join(file)))
}
