//! The marks of slides in a chapter: HTML comments, which no viewer of Markdown shows.
//!
//! ```text
//! <!-- slide: 90s cut=20,45,90 -->   from here on a part of the chapter is also a slide
//! <!-- slide-only: Markdown -->      words that only the slide has
//! <!-- notes: Markdown -->           what the speaker says
//! <!-- on-slide -->                  the next block goes on the slide although such blocks do not
//! <!-- step -->                      the next block is revealed by a key
//! <!-- steps -->                     the next list, table or chart is revealed part by part
//! <!-- steps: 1-3|4 -->              the next chart is drawn in these groups of its parts
//! <!-- run: s03-replicas workers=8 -->  the next panel runs this first, by a step of its own
//! <!-- /slide -->                    here the slide ends
//! ```
//!
//! A comment is found by the Markdown parser of the book, so what stands in code is none: that is how a chapter can
//! tell of marks. Each mark has lines of its own.

use std::borrow::Cow;
use std::ops::Range;

use directives::scan::{self, MARKDOWN};
use project::suggest;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::groups;
use super::prerun;

/// The names of all marks.
const NAMES: [&str; 8] = [
    "slide",
    "/slide",
    "slide-only",
    "notes",
    "on-slide",
    "step",
    "steps",
    "run",
];

/// What is wrong with a mark that shares a line.
const NEEDS_LINES: &str = "a slide's mark needs lines of its own";

/// A mark: where its comment is, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark<'t> {
    /// The bytes of the comment.
    pub range: Range<usize>,
    /// Which mark it is.
    pub says: Says<'t>,
}

/// What a mark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says<'t> {
    /// A slide begins; the text is for [`header::parse`].
    Opens(&'t str),
    /// The slide ends.
    Closes,
    /// Markdown for the slide alone, by its place in the chapter.
    SlideOnly(Range<usize>),
    /// Markdown for the speaker, by its place in the chapter.
    Notes(Range<usize>),
    /// The next block goes on the slide.
    OnSlide,
    /// The next block is revealed.
    Step,
    /// The parts of the next block are revealed one after the other, or in groups.
    Steps,
    /// The next panel runs something else first.
    Run,
}

/// Something that is wrong with the marks of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The byte that it is about.
    pub at: usize,
    /// One sentence.
    pub message: String,
}

/// A chapter as the book's pages have it: without any mark, and with every line where it was.
pub fn without(text: &str) -> Cow<'_, str> {
    let (marks, _) = find(text);
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for mark in marks {
        left.push_str(&text[from..mark.range.start]);
        let lines = text[mark.range.clone()].matches('\n');
        left.extend(lines);
        from = mark.range.end;
    }
    left.push_str(&text[from..]);
    Cow::Owned(left)
}

/// All marks of a chapter in order, and what looks like one and is none.
pub fn find(text: &str) -> (Vec<Mark<'_>>, Vec<Mistake>) {
    let mut marks = Vec::new();
    let mut mistakes = Vec::new();
    if !text.contains("<!--") {
        return (marks, mistakes);
    }
    // How many lists and quotations are open.
    let mut depth = 0;
    for (event, range) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        let is_block = match event {
            Event::Start(Tag::HtmlBlock) => true,
            Event::InlineHtml(_) => false,
            Event::Start(tag) => {
                depth += usize::from(holds_blocks(&tag.to_end()));
                continue;
            }
            Event::End(tag) => {
                depth -= usize::from(holds_blocks(&tag));
                continue;
            }
            _ => continue,
        };
        for range in scan::comments(text, range) {
            let at = range.start;
            match says(text, &range) {
                Some(Ok(says)) => {
                    let message = if depth > 0 {
                        Some("a slide's mark stands within a list or a quotation")
                    } else if is_block {
                        beside(text, &range, &says)
                    } else {
                        Some(NEEDS_LINES)
                    };
                    mistakes.extend(message.map(|message| Mistake {
                        at,
                        message: message.to_owned(),
                    }));
                    marks.push(Mark { range, says });
                }
                Some(Err(message)) => mistakes.push(Mistake { at, message }),
                None => {}
            }
        }
    }
    (marks, mistakes)
}

/// What a comment says, if it is a mark or was meant to be one.
fn says<'t>(text: &'t str, comment: &Range<usize>) -> Option<Result<Says<'t>, String>> {
    let whole = &text[comment.clone()];
    let inner = whole.strip_prefix("<!--")?;
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    let trimmed = inner.trim_start();
    let ends = |c: char| c == ':' || c.is_whitespace();
    let (word, rest) = trimmed.split_at(trimmed.find(ends).unwrap_or(trimmed.len()));
    let argument = rest.strip_prefix(':');
    let is_alone = rest.trim().is_empty();
    // Who forgot the end of one mark gets that of the next.
    if NAMES.contains(&word) && rest.contains("<!--") {
        return Some(Err(format!(
            "the comment of `{word}` has a comment in it, whose `-->` ends both"
        )));
    }
    // The place of the text behind the colon, without the blanks around it.
    let content = || {
        let argument = argument.unwrap_or_default();
        let start = comment.start + "<!--".len() + inner.len() - argument.trim_start().len();
        start..start + argument.trim().len()
    };
    let says = match word {
        "slide" if argument.is_some() => Says::Opens(argument.unwrap_or_default().trim()),
        "slide-only" if argument.is_some() => Says::SlideOnly(content()),
        "notes" if argument.is_some() => Says::Notes(content()),
        "run" if argument.is_some() => match prerun::parse(argument.unwrap_or_default()) {
            Ok(_) => Says::Run,
            Err(message) => return Some(Err(message)),
        },
        "slide" | "slide-only" | "notes" | "run" => {
            return Some(Err(format!("`{word}` takes its text behind a colon")));
        }
        "/slide" if is_alone => Says::Closes,
        "on-slide" if is_alone => Says::OnSlide,
        "step" if is_alone => Says::Step,
        "steps" if is_alone => Says::Steps,
        "steps" if argument.is_some() => match groups::parse(argument.unwrap_or_default()) {
            Ok(_) => Says::Steps,
            Err(message) => return Some(Err(message)),
        },
        "/slide" | "on-slide" | "step" | "steps" => {
            return Some(Err(format!("`{word}` stands alone in its comment")));
        }
        _ => {
            let hint = suggest::hint(word, NAMES);
            let is_meant = !hint.is_empty();
            return is_meant.then(|| Err(format!("a slide has no mark `{word}`{hint}")));
        }
    };
    let is_closed = whole.ends_with("-->");
    Some(if is_closed {
        Ok(says)
    } else {
        Err(format!("the comment of `{word}` has no end: `-->`"))
    })
}

/// What is wrong if something else is on the lines of a mark.
fn beside(text: &str, comment: &Range<usize>, says: &Says<'_>) -> Option<&'static str> {
    let before = text[..comment.start].rsplit('\n').next().unwrap_or("");
    let after = text[comment.end..].split('\n').next().unwrap_or("");
    let (before, after) = (before.trim(), after.trim());
    let has_text = matches!(says, Says::SlideOnly(_) | Says::Notes(_));
    match (before, after) {
        ("", "") => None,
        ("", after) if has_text && !after.starts_with("<!--") => {
            Some("the comment ends at its first `-->`: what stands behind it is in the book")
        }
        _ => Some(NEEDS_LINES),
    }
}

/// Whether a block is of others, which are none of the chapter's own then.
fn holds_blocks(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::List(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
    )
}

#[cfg(test)]
mod tests;
