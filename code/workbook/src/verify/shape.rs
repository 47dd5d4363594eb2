//! A chapter of a step has all its parts, in their order.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::texts::{MARKDOWN, Text};
use crate::catalog::Program;
use crate::problem::Problem;

/// The headings of a chapter of the evolution.
const HEADINGS: [&str; 7] = [
    "Where we are",
    "The technique",
    "The change",
    "The result",
    "The surprise",
    "Where the analogy breaks",
    "How we know it is right",
];

/// What else it holds, and how that looks in its Markdown.
const PARTS: [(&str, &str); 3] = [
    (
        "class=\"fine-print\"",
        "a fine print box (`<div class=\"fine-print\">`)",
    ),
    (
        "{{#chart evolution}}",
        "the chart of all steps so far (`{{#chart evolution}}`)",
    ),
    ("{{#claim ", "a claim (`{{#claim …}}`)"),
];

/// What a step's chapter lacks; other chapters have no fixed shape yet.
pub fn check(text: &Text, programs: &[Program]) -> Vec<Problem> {
    if text.chapter.part() != Some("evolution") || !text.chapter.is_of_program() {
        return Vec::new();
    }
    let mut problems = headings(text);
    for (mark, part) in PARTS {
        if !text.markdown.contains(mark) {
            problems.push(text.lacks(format!("the chapter lacks {part}")));
        }
    }
    let step = programs
        .iter()
        .find(|program| program.name == text.chapter.name);
    let is_root = step.is_some_and(|step| step.parent.is_none());
    let (mark, code) = if is_root {
        ("{{#include ", "the step's code (`{{#include …}}`)")
    } else {
        (
            "{{#diff ",
            "the difference to the step's parent (`{{#diff …}}`)",
        )
    };
    if !text.markdown.contains(mark) {
        problems.push(text.lacks(format!("the chapter lacks {code}")));
    }
    problems
}

/// The seven headings, each there and behind the one before.
fn headings(text: &Text) -> Vec<Problem> {
    let found = second_level(&text.markdown);
    let mut problems = Vec::new();
    let mut last: Option<(usize, &str)> = None;
    for heading in HEADINGS {
        let Some((at, _)) = found.iter().find(|(_, title)| title == heading) else {
            problems.push(text.lacks(format!("the chapter lacks the part `## {heading}`")));
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

    const WHOLE: &str = "# One\n\n## Where we are\n\n## The technique\n\n## The change\n\n{{#diff s01-one}}\n\n\
        ## The result\n\n{{#chart evolution}} {{#claim a > b}}\n\n## The surprise\n\n\
        ## Where the analogy breaks\n\n<div class=\"fine-print\">\n\n</div>\n\n## How we know it is right\n";

    fn messages(path: &str, markdown: &str) -> Vec<String> {
        let problems = check(&texts::text(path, markdown), &[]);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_whole_chapter_passes_and_others_have_no_shape() {
        assert_eq!(messages("evolution/s01-one.md", WHOLE), [""; 0]);
        assert_eq!(messages("start/idea.md", "# Idea\n"), [""; 0]);
        assert_eq!(messages("evolution/summary.md", "# All\n"), [""; 0]);
    }

    #[test]
    fn each_part_is_missed() {
        for part in HEADINGS
            .iter()
            .map(|heading| format!("## {heading}\n"))
            .chain(
                [
                    "{{#diff s01-one}}",
                    "{{#chart evolution}}",
                    "{{#claim a > b}}",
                    "class=\"fine-print\"",
                ]
                .map(Into::into),
            )
        {
            let without = WHOLE.replacen(&part, "", 1);
            assert_ne!(without, WHOLE, "{part}");
            let messages = messages("evolution/s01-one.md", &without);
            assert!(
                messages.len() == 1 && messages[0].contains("lacks"),
                "{part}: {messages:?}"
            );
        }
    }

    #[test]
    fn parts_in_another_order_are_told_with_their_line() {
        let swapped = WHOLE
            .replace("## The technique", "## X")
            .replace("## The change", "## The technique")
            .replace("## X", "## The change");
        assert_eq!(
            messages("evolution/s01-one.md", &swapped),
            ["book/evolution/s01-one.md:5: `## The change` belongs behind `## The technique`"]
        );
    }
}
