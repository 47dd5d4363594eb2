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
    if let Some(why) = refused(found, chapter, project) {
        return Some(format!("`{file}` {why}: it is not included"));
    }
    let Ok(text) = project::read_text(&path) else {
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

/// Why a directive may not include its file, if it may not. What lies outside the project, also by a link, would be
/// published; a pipe would be read to an end that never comes.
pub fn refused(found: &Written<'_>, chapter: &Path, project: &Project) -> Option<&'static str> {
    if found.name == "title" {
        return None;
    }
    let target = found.argument.split_whitespace().next().unwrap_or("");
    let file = target.split(':').next().unwrap_or("");
    let path = chapter.parent().unwrap_or(chapter).join(file);
    let (path, root) = (path.canonicalize().ok()).zip(project.root.canonicalize().ok())?;
    if !path.starts_with(root) {
        return Some("is not in the project");
    }
    (!path.is_file() && !path.is_dir()).then_some("is no regular file")
}

/// The file that a directive includes, relative to the project; `chapter` is relative to the book.
pub fn path(found: &Written<'_>, chapter: &Path, project: &Project) -> Option<PathBuf> {
    let target = found.argument.split_whitespace().next()?;
    let file = target.split(':').next()?;
    let book = project.book();
    let folder = project.shown(&book).join(chapter.parent()?);
    Some(chapters::normal(&folder.join(file)))
}
