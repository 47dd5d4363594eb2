//! A chapter of a program has all its parts, in their order. One file a part of the book.

mod concept;
mod step;

use pages::runnable;
use project::Part;
use project::Problem;
use project::Program;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::texts::{MARKDOWN, Text};

/// What a part of a chapter looks like in its Markdown, and what it is called in a message.
type Piece<'a> = (&'a str, &'a str);

/// The box that every chapter of a program has for those who know the field.
const FINE_PRINT: Piece = (
    "class=\"fine-print\"",
    "a fine print box (`<div class=\"fine-print\">`)",
);

/// What a chapter lacks of its shape; most chapters have none.
pub fn check(text: &Text, programs: &[Program]) -> Vec<Problem> {
    match text.chapter.part() {
        Some(Part::Evolution) if text.chapter.is_numbered() => {
            [step::check(text, programs), panel(text)].concat()
        }
        Some(Part::Mapping) if !text.chapter.is_first_page() => {
            [concept::check(text), panel(text)].concat()
        }
        // Chapters about a part as a whole, and those of the network, whose shape comes with its steps.
        Some(Part::Evolution | Part::Mapping | Part::Network | Part::Fork) | None => Vec::new(),
    }
}

/// A program that can be run from a page is run from its own.
fn panel(text: &Text) -> Vec<Problem> {
    let name = &text.chapter.name;
    let is_there = text.directives("run").any(|(_, argument)| argument == name);
    if is_there || runnable::entry(name).is_none() {
        return Vec::new();
    }
    vec![text.lacks(
        0,
        &format!("the panel that runs its program (`{{{{#run {name}}}}}`)"),
    )]
}

/// The parts that are not there.
fn missing(text: &Text, parts: &[Piece<'_>]) -> Vec<Problem> {
    let missing = parts
        .iter()
        .filter(|(mark, _)| !text.markdown.contains(mark));
    missing.map(|(_, part)| text.lacks(0, part)).collect()
}

/// The headings of the second level, each there and behind the one before.
fn headings(text: &Text, wanted: &[&str]) -> Vec<Problem> {
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
fn second_level(markdown: &str) -> Vec<(usize, String)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::texts;

    #[test]
    fn a_program_of_the_table_is_run_from_its_own_chapter() {
        let missed =
            |markdown: &str| panel(&texts::text("evolution/s04-release.md", markdown)).len();
        assert_eq!(missed("# R\n\n{{#run s04-release}}\n"), 0);
        assert_eq!(missed("# R\n\n{{#run s03-replicas}}\n"), 1);
        assert_eq!(missed("# R\n\n`{{#run s04-release}}`\n"), 1);
        assert!(panel(&texts::text("evolution/s99-none.md", "# N\n")).is_empty());
    }
}
