//! Looking for the parts of a chapter, and for their order.

use project::Problem;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::verify::texts::{MARKDOWN, Text};

/// What a part of a chapter looks like in its Markdown, and what it is called in a message.
pub type Piece<'a> = (&'a str, &'a str);

/// The box that every chapter of a program has for those who know the field.
pub const FINE_PRINT: Piece = (
    "class=\"fine-print\"",
    "a fine print box (`<div class=\"fine-print\">`)",
);

/// The parts that are not there.
pub fn missing(text: &Text, parts: &[Piece<'_>]) -> Vec<Problem> {
    let missing = parts
        .iter()
        .filter(|(mark, _)| !text.markdown.contains(mark));
    missing.map(|(_, part)| text.lacks(0, part)).collect()
}

/// The headings of the second level, each there and behind the one before.
pub fn headings(text: &Text, wanted: &[&str]) -> Vec<Problem> {
    let found = second_level(&text.markdown);
    let mut problems = Vec::new();
    let mut last: Option<(usize, &str)> = None;
    for heading in wanted {
        let Some((at, _)) = found.iter().find(|(_, title)| title == heading) else {
            let behind = last.map_or(0, |(before, _)| before);
            problems.push(text.lacks(behind, &format!("the part `## {heading}`")));
            continue;
        };
        match last {
            Some((before, title)) if *at < before => {
                problems
                    .push(text.problem(*at, format!("`## {heading}` belongs behind `## {title}`")));
            }
            _ => last = Some((*at, heading)),
        }
    }
    problems
}

/// The headings of the second level with their places.
pub fn second_level(markdown: &str) -> Vec<(usize, String)> {
    let mut headings = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (event, range) in Parser::new_ext(markdown, MARKDOWN).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            }) => {
                open = Some((range.start, String::new()));
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => headings.extend(open.take()),
            _ => {}
        }
    }
    headings
}
