//! The chapter of a concept of Part I: a promise, a drawing, a program and its twin, what it costs in one table,
//! what is inherited, where the analogy breaks.

use project::Problem;
use pulldown_cmark::{Event, Parser, Tag};

use super::parts::{FINE_PRINT, headings, missing, second_level};
use crate::verify::texts::{MARKDOWN, Text};

/// The headings that every concept has, between others of its own.
const HEADINGS: [&str; 3] = [COSTS, "What we inherit", BREAK];

/// The one whose table is looked for.
const COSTS: &str = "What it costs";

/// The last of them; one chapter is about nothing else, and is named so as a whole.
const BREAK: &str = "Where the analogy breaks";
/// The name of that chapter.
pub const ALL_BREAK: &str = "where-the-analogy-breaks";

/// What a concept's chapter lacks.
pub fn check(text: &Text) -> Vec<Problem> {
    let name = &text.chapter.name;
    let mut problems = missing(
        text,
        &[
            (
                "<p class=\"lede\">",
                "its promise (`<p class=\"lede\">` under the title)",
            ),
            ("```mermaid", "its drawing (a block of code in `mermaid`)"),
            FINE_PRINT,
        ],
    );
    if !has_twin(text) {
        let what = format!("its program in Rust and Go (`{{{{#twin {name} …}}}}`)");
        problems.push(text.lacks(0, &what));
    }
    let wanted = HEADINGS.len() - usize::from(name == ALL_BREAK);
    problems.extend(headings(text, &HEADINGS[..wanted]));
    if !has_costs(text) {
        let found = second_level(&text.markdown);
        let section = found.iter().find(|(_, title)| title == COSTS);
        let what = format!(
            "its costs: one table with `{{{{#result mapping/{name}/…}}}}` and `{{{{#result go/{name}/…}}}}`"
        );
        problems.push(text.lacks(section.map_or(0, |(at, _)| *at), &what));
    }
    problems
}

/// Whether a piece of the chapter's own program is shown, in both languages.
fn has_twin(text: &Text) -> bool {
    text.directives("twin")
        .any(|(_, argument)| argument.split_whitespace().next() == Some(&text.chapter.name))
}

/// Whether one table holds what was measured in both languages: what is to be compared stands together.
fn has_costs(text: &Text) -> bool {
    let name = &text.chapter.name;
    let results: Vec<_> = text.directives("result").collect();
    Parser::new_ext(&text.markdown, MARKDOWN)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::Table(_))))
        .any(|(_, table)| {
            let inside = results.iter().filter(|(at, _)| table.contains(at));
            ["mapping", "go"].iter().all(|suite| {
                let start = format!("{suite}/{name}/");
                inside.clone().any(|(_, case)| case.starts_with(&start))
            })
        })
}
