//! Puts HTML in the place of a chapter's directives.

use std::ops::Range;
use std::path::{Path, PathBuf};

use project::{Problem, Project, line_of};

use crate::directive::Place;
use crate::scan::{self, Written};
use crate::table::{MDBOOKS, Table};
use crate::{html, include};

/// A chapter with its directives expanded.
pub struct Expanded {
    /// The Markdown, now with HTML in it.
    pub text: String,
    /// The mistakes in the order of their lines; they are shown in the text too.
    pub problems: Vec<Problem>,
}

/// What replaces a stretch of the chapter.
struct Edit {
    range: Range<usize>,
    text: String,
}

/// Where a text begins in its chapter.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Its first line.
    pub line: usize,
    /// How many directives came before it.
    pub ordinal: usize,
    /// Whether it is a piece of a slide.
    pub is_slide: bool,
}

/// What a text is that is expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// A chapter, or a part of it.
    Chapter,
    /// What a directive of it has become.
    Directive,
}

/// More directives than one directive becomes: each of them has a number of its own, and with it its id.
const WITHIN_MAX: usize = 1000;

/// Makes what stands under code that is included from a file of the project; none if nothing does.
pub type Caption<'s> = Box<dyn Fn(&Path) -> Option<String> + 's>;

/// What becomes of directives that are not in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// mdBook's own are looked at, and all others are mistakes.
    Judged,
    /// They are left to other preprocessors.
    Left,
}

/// Expands the directives of a book's chapters.
pub struct Expander<'s> {
    /// Where the chapters are.
    pub project: &'s Project,
    /// The directives that they may use.
    pub table: Table<'s>,
    /// What becomes of all others.
    pub others: Others,
    /// What stands under code that is included.
    pub caption: Caption<'s>,
}

impl Expander<'_> {
    /// Expands a chapter; `chapter` is its file relative to the book's source folder.
    pub fn chapter(&self, chapter: &Path, text: &str) -> Expanded {
        let start = Start {
            line: 1,
            ordinal: 0,
            is_slide: false,
        };
        self.part(chapter, text, start)
    }

    /// Expands a part of a chapter.
    pub fn part(&self, chapter: &Path, text: &str, start: Start) -> Expanded {
        self.at(chapter, text, start, Depth::Chapter)
    }

    fn at(&self, chapter: &Path, text: &str, start: Start, depth: Depth) -> Expanded {
        let file = self.project.shown(&self.project.book()).join(chapter);
        let mut problems = Vec::new();
        let mut edits = Vec::new();
        for (ordinal, found) in scan::directives(text).iter().enumerate() {
            if self.others == Others::Left && !self.table.has(found.name) {
                continue;
            }
            let place = Place {
                chapter,
                line: start.line + line_of(text, found.range.start) - 1,
                ordinal: start.ordinal + ordinal,
                is_slide: start.is_slide,
            };
            let base = self.project.book().join(chapter);
            if MDBOOKS.contains(&found.name)
                && include::refused(found, &base, self.project).is_some()
            {
                edits.push(Edit {
                    range: found.range.clone(),
                    text: String::new(),
                });
            }
            let (edit, messages) = if MDBOOKS.contains(&found.name) {
                let (edit, message) = self.mdbooks(text, found, &file, &place);
                (edit, Vec::from_iter(message))
            } else if found.inside.is_some() {
                continue;
            } else if let Some(attribute) = &found.attribute {
                let (edit, message) = misplaced(text, found, attribute, &file, &place);
                (edit, Vec::from_iter(message))
            } else {
                self.ours(text, found, &file, &place, depth)
            };
            edits.extend(edit);
            if !self.table.only_follows(found.name) {
                let told = messages.into_iter();
                problems.extend(told.map(|message| problem(&file, &place, message)));
            }
        }
        Expanded {
            text: apply(text, edits),
            problems,
        }
    }

    fn ours(
        &self,
        text: &str,
        found: &Written<'_>,
        file: &Path,
        place: &Place<'_>,
        depth: Depth,
    ) -> (Option<Edit>, Vec<String>) {
        let outcome = if found.closed {
            self.table.render(found.name, found.argument, place)
        } else {
            Err(format!(
                "`{{{{#{}` is not closed by `}}}}` in its paragraph",
                found.name
            ))
        };
        let place_shown = format!("{}:{}", file.display(), place.line);
        let (mut html, message) = match outcome {
            Ok(rendered) if rendered.block && !found.own_line => (
                String::new(),
                Some(format!("`{}` needs a line of its own", found.name)),
            ),
            Ok(rendered) if rendered.is_markdown && depth == Depth::Directive => (
                String::new(),
                Some(format!(
                    "`{}` cannot stand in what another directive shows",
                    found.name
                )),
            ),
            Ok(rendered) if rendered.is_markdown => {
                let (markdown, messages) = self.again(&rendered.html, place);
                return (Some(as_block(text, &found.range, markdown)), messages);
            }
            Ok(rendered) if rendered.block => {
                return (
                    Some(as_block(text, &found.range, rendered.html)),
                    Vec::from_iter(rendered.problem),
                );
            }
            Ok(rendered) => (rendered.html, rendered.problem),
            Err(message) => (String::new(), Some(message)),
        };
        if let Some(message) = &message {
            let alone = html.is_empty() && found.own_paragraph;
            let space = if html.is_empty() { "" } else { " " };
            html = format!(
                "{html}{space}{}",
                html::problem(&place_shown, message, alone)
            );
        }
        (
            Some(Edit {
                range: found.range.clone(),
                text: html,
            }),
            Vec::from_iter(message),
        )
    }

    /// What a directive has become, with its own directives expanded. What is wrong with these is told of the line of the
    /// directive that they come from.
    fn again(&self, markdown: &str, place: &Place<'_>) -> (String, Vec<String>) {
        let start = Start {
            line: place.line,
            ordinal: (place.ordinal + 1) * WITHIN_MAX,
            is_slide: place.is_slide,
        };
        let expanded = self.at(place.chapter, markdown, start, Depth::Directive);
        let messages = expanded.problems.into_iter().map(|told| told.message);
        (expanded.text, messages.collect())
    }

    /// mdBook expands its own directives, but says nothing in the page when it cannot.
    fn mdbooks(
        &self,
        text: &str,
        found: &Written<'_>,
        file: &Path,
        place: &Place<'_>,
    ) -> (Option<Edit>, Option<String>) {
        let base = self.project.book().join(place.chapter);
        let Some(message) = include::check(found, &base, self.project) else {
            return (self.captioned(text, found, place), None);
        };
        let at = found.inside.as_ref().unwrap_or(&found.range).end;
        let mark = html::problem(
            &format!("{}:{}", file.display(), place.line),
            &message,
            true,
        );
        let gap = if text[..at].ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        (
            Some(Edit {
                range: at..at,
                text: format!("{gap}{mark}\n\n"),
            }),
            Some(message),
        )
    }

    /// Under a code block whose code is included, the link to the whole file, if there is one.
    fn captioned(&self, text: &str, found: &Written<'_>, place: &Place<'_>) -> Option<Edit> {
        let at = found.inside.as_ref()?.end;
        let path = include::path(found, place.chapter, self.project)?;
        let caption = (self.caption)(&path)?;
        let gap = if text[..at].ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        Some(Edit {
            range: at..at,
            text: format!("{gap}{caption}\n\n"),
        })
    }
}

/// What stands where no HTML can be put is left as it is written, and told behind it.
fn misplaced(
    text: &str,
    found: &Written<'_>,
    attribute: &Range<usize>,
    file: &Path,
    place: &Place<'_>,
) -> (Option<Edit>, Option<String>) {
    let message = format!(
        "`{}` cannot stand in the text of an image, the title of a link or a tag: put it into the text beside",
        found.name
    );
    let place = format!("{}:{}", file.display(), place.line);
    // A tag in a block of HTML may be its beginning: behind the line is behind the tag.
    let at = text[attribute.end..]
        .find('\n')
        .map_or(text.len(), |end| attribute.end + end);
    let edit = Edit {
        range: at..at,
        text: format!(" {}", html::problem(&place, &message, false)),
    };
    (Some(edit), Some(message))
}

/// A block of HTML goes on until a blank line, so there must be one on either side.
fn as_block(text: &str, range: &Range<usize>, html: String) -> Edit {
    let before = &text[..range.start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let indent = &before[line_start..];
    let previous = before[..line_start].lines().next_back().unwrap_or("");
    let next = text[range.end..].lines().nth(1).unwrap_or("");
    let above = if previous.trim().is_empty() {
        String::new()
    } else {
        format!("\n{indent}")
    };
    let below = if next.trim().is_empty() { "" } else { "\n" };
    Edit {
        range: range.clone(),
        text: format!("{above}{html}{below}"),
    }
}

fn problem(file: &Path, place: &Place<'_>, message: String) -> Problem {
    Problem {
        file: PathBuf::from(file),
        line: Some(place.line),
        message,
    }
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut expanded = String::with_capacity(text.len() * 2);
    let mut from = 0;
    for edit in edits {
        expanded.push_str(&text[from..edit.range.start.max(from)]);
        expanded.push_str(&edit.text);
        from = edit.range.end.max(from);
    }
    expanded.push_str(&text[from..]);
    expanded
}
