//! The slides of a chapter: what stands between two marks.

use std::ops::Range;

use directives::scan::MARKDOWN;
use project::line_of;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::header::{self, Header};
use super::marks::{self, Mark, Mistake, Says};

/// A part of a chapter that is also a slide.
#[derive(Debug, PartialEq, Eq)]
pub struct Region<'t> {
    /// What its opening mark says.
    pub header: Header,
    /// Where that mark is.
    pub at: usize,
    /// What is between the opening and the closing mark.
    pub body: Range<usize>,
    /// The marks in it, in order.
    pub marks: Vec<Mark<'t>>,
}

/// The slides of a chapter, and what is wrong with its marks.
pub fn regions(text: &str) -> (Vec<Region<'_>>, Vec<Mistake>) {
    let (marks, mut mistakes) = marks::find(text);
    let mut regions = Vec::new();
    let mut open: Option<Region<'_>> = None;
    // Of a slide whose opening mark is wrong nothing else is told.
    let mut skipping = false;
    let mut tell = |at: usize, message: String| mistakes.push(Mistake { at, message });
    for mark in marks {
        let at = mark.range.start;
        match (&mark.says, &mut open) {
            (Says::Opens(_), Some(region)) => {
                let line = line_of(text, region.at);
                tell(at, format!("a slide begins within the one of line {line}"));
            }
            (Says::Opens(said), None) => {
                skipping = false;
                match header::parse(said) {
                    Ok(header) => {
                        open = Some(Region {
                            header,
                            at,
                            body: mark.range.end..mark.range.end,
                            marks: Vec::new(),
                        });
                    }
                    Err(message) => {
                        tell(at, message);
                        skipping = true;
                    }
                }
            }
            (Says::Closes, _) => match open.take() {
                Some(mut region) => {
                    region.body.end = at;
                    for at in ends_in_words(text, &region.body) {
                        let message = "`-->` stands in the text: a comment ends at the first one, and what stands behind it is in the book";
                        tell(at, message.to_owned());
                    }
                    regions.push(region);
                }
                None if skipping => skipping = false,
                None => tell(at, "no slide ends here, for none has begun".to_owned()),
            },
            (_, Some(region)) => region.marks.push(mark),
            (_, None) if skipping => {}
            (_, None) => tell(at, "this mark stands outside of a slide".to_owned()),
        }
    }
    if let Some(region) = open {
        let message = "the slide has no end: `<!-- /slide -->`".to_owned();
        tell(region.at, message);
    }
    mistakes.sort_by_key(|mistake| mistake.at);
    (regions, mistakes)
}

/// Where the end of a comment stands among the words of a slide: there was an earlier one in the comment.
fn ends_in_words(text: &str, body: &Range<usize>) -> Vec<usize> {
    let mut is_code = false;
    let mut ends = Vec::new();
    for (event, range) in Parser::new_ext(&text[body.clone()], MARKDOWN).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(words) if !is_code && words.contains("-->") => {
                ends.push(body.start + range.start);
            }
            _ => {}
        }
    }
    ends
}

#[cfg(test)]
mod tests;
