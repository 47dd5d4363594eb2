//! The chapters of the book, in reading order, from `book/SUMMARY.md`.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::{Part, Project, line_of};

/// The file of a folder's first page, without its ending; its page is the folder's `index.html`.
const FIRST_PAGE: &str = "README";

/// One chapter, as the summary names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The file's name without `.md`; a step's chapter bears the step's name, and the first page of a part, its
    /// `README.md`, the part's.
    pub name: String,
    /// The title in the table of contents.
    pub title: String,
    /// The file, relative to `book/`.
    pub path: PathBuf,
    /// The line in the summary, counted from 1.
    pub line: usize,
}

impl Chapter {
    /// The folder of the chapter in `book/`: `evolution`, `appendix`.
    pub fn folder(&self) -> Option<&str> {
        let folder = self.path.parent()?.to_str();
        folder.filter(|folder| !folder.is_empty())
    }

    /// The part of the book that it belongs to, if that part has programs.
    pub fn part(&self) -> Option<Part> {
        Part::named(self.folder()?)
    }

    /// Whether it is named like a program, a letter and two digits in front; a part of the book also has chapters
    /// about no one of its programs.
    pub fn is_numbered(&self) -> bool {
        match self.name.as_bytes() {
            [letter, tens, ones, b'-', ..] => {
                letter.is_ascii_lowercase() && tens.is_ascii_digit() && ones.is_ascii_digit()
            }
            _ => false,
        }
    }

    /// Whether it is the first page of its folder, about the part as a whole.
    pub fn is_first_page(&self) -> bool {
        self.path.file_stem().is_some_and(|stem| stem == FIRST_PAGE)
    }

    /// The page, relative to the site: `evolution/s01-cache.html`.
    pub fn page(&self) -> PathBuf {
        page(&self.path)
    }
}

/// The page of a chapter's file, both from their roots: `network/index.html` of `network/README.md`.
pub fn page(path: &Path) -> PathBuf {
    match path.file_stem().and_then(|name| name.to_str()) {
        Some(FIRST_PAGE) => path.with_file_name("index.html"),
        _ => path.with_extension("html"),
    }
}

/// All chapters that the summary names, whether or not their files exist.
///
/// # Errors
///
/// If there is no summary.
pub fn chapters(project: &Project) -> Result<Vec<Chapter>> {
    let path = project.book().join("SUMMARY.md");
    let text = crate::read_text(&path)
        .with_context(|| format!("cannot read {}", project.shown(&path).display()))?;
    Ok(parse(&text))
}

fn parse(summary: &str) -> Vec<Chapter> {
    let mut chapters = Vec::new();
    let mut link: Option<(PathBuf, Range<usize>, String)> = None;
    for (event, range) in Parser::new(summary).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.ends_with(".md") => {
                link = Some((normal(Path::new(&*dest_url)), range, String::new()));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, _, title)) = &mut link {
                    title.push_str(&text);
                }
            }
            Event::End(TagEnd::Link) => {
                if let Some((path, range, title)) = link.take() {
                    chapters.push(Chapter {
                        name: name(&path),
                        title,
                        line: line_of(summary, range.start),
                        path,
                    });
                }
            }
            _ => {}
        }
    }
    chapters
}

fn name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    let name = match path.parent().and_then(Path::file_name) {
        Some(part) if stem == FIRST_PAGE => part,
        _ => stem,
    };
    name.to_string_lossy().into_owned()
}

/// A relative path without `.` and, as far as it stays inside, without `..`.
pub fn normal(path: &Path) -> PathBuf {
    let mut parts: Vec<Component> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(parts.last(), Some(Component::Normal(_))) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_read_in_order_with_its_lines() {
        let chapters = parse(
            "# Summary\n\n[Idea](start/idea.md)\n\n# Part\n\n- [One `s01`](./evolution/s01-one.md)\n",
        );
        let told: Vec<_> = chapters
            .iter()
            .map(|c| (c.name.as_str(), c.title.as_str(), c.folder(), c.line))
            .collect();
        assert_eq!(
            told,
            [
                ("idea", "Idea", Some("start"), 3),
                ("s01-one", "One s01", Some("evolution"), 7)
            ]
        );
        assert_eq!(chapters[1].page(), Path::new("evolution/s01-one.html"));
    }

    #[test]
    fn the_first_page_of_a_part_bears_its_name() {
        let chapters = parse("- [Part](evolution/README.md)\n- [Other](README.md)\n");
        let told: Vec<_> = chapters
            .iter()
            .map(|c| (c.name.as_str(), c.is_first_page(), c.page()))
            .collect();
        assert_eq!(
            told,
            [
                ("evolution", true, PathBuf::from("evolution/index.html")),
                ("README", true, PathBuf::from("index.html")),
            ]
        );
    }

    #[test]
    fn paths_are_normal_as_far_as_they_stay_inside() {
        assert_eq!(normal(Path::new("a/../b/./c.md")), Path::new("b/c.md"));
        assert_eq!(
            normal(Path::new("a/../../code/x.rs")),
            Path::new("../code/x.rs")
        );
    }
}
