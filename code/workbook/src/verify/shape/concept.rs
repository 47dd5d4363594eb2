//! The chapter of a concept of Part I: a promise, a drawing, a program and its twin, what it costs in one table,
//! what is inherited, where the analogy breaks.

use project::Problem;
use pulldown_cmark::{Event, Parser, Tag};

use super::{FINE_PRINT, headings, missing, second_level};
use crate::verify::texts::{MARKDOWN, Text};

/// The headings that every concept has, between others of its own.
const HEADINGS: [&str; 3] = [COSTS, "What we inherit", BREAK];

/// The one whose table is looked for.
const COSTS: &str = "What it costs";

/// The last of them; one chapter is about nothing else, and is named so as a whole.
const BREAK: &str = "Where the analogy breaks";
const ALL_BREAK: &str = "where-the-analogy-breaks";

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

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;
    use crate::verify::texts;

    const WHOLE: &str = "# Channels\n\n<p class=\"lede\">A promise.</p>\n\n```mermaid\ngraph TD\n```\n\n## In Go and in Rust\n\n\
        {{#twin queues send}}\n\n## What it costs\n\n| what | Rust | Go | network |\n|---|---|---|---|\n\
        | a send | {{#result mapping/queues/send}} | {{#result go/queues/send}} | {{#cited 1 ms, a}} |\n\n\
        ## What we inherit\n\n## Where the analogy breaks\n\n<div class=\"fine-print\">\n\n</div>\n";

    fn messages(path: &str, markdown: &str) -> Vec<String> {
        let problems = check(&texts::text(path, markdown), &[]);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_whole_chapter_passes() {
        assert_eq!(messages("mapping/queues.md", WHOLE), [""; 0]);
        assert_eq!(messages("mapping/README.md", "# Part I\n"), [""; 0]);
        assert_eq!(messages("appendix/phrasebook.md", "# Rows\n"), [""; 0]);
    }

    #[test]
    fn each_part_is_missed_with_its_line() {
        for (part, told) in [
            ("<p class=\"lede\">", "1: the chapter lacks its promise"),
            ("```mermaid", "1: the chapter lacks its drawing"),
            (
                "{{#twin queues send}}",
                "1: the chapter lacks its program in Rust and Go (`{{#twin queues …}}`)",
            ),
            (
                "{{#result mapping/queues/send}}",
                "13: the chapter lacks its costs: one table with",
            ),
            (
                "{{#result go/queues/send}}",
                "13: the chapter lacks its costs: one table with",
            ),
            (
                "## What it costs\n",
                "1: the chapter lacks the part `## What it costs`",
            ),
            (
                "## What we inherit\n",
                "13: the chapter lacks the part `## What we inherit`",
            ),
            (
                "## Where the analogy breaks\n",
                "19: the chapter lacks the part `## Where the analogy breaks`",
            ),
            (
                "class=\"fine-print\"",
                "1: the chapter lacks a fine print box",
            ),
        ] {
            // The fence stays, or all that follows would be code.
            let instead = if part.starts_with("```") {
                "```text"
            } else {
                ""
            };
            let without = WHOLE.replacen(part, instead, 1);
            assert_ne!(without, WHOLE, "{part}");
            let messages = messages("mapping/queues.md", &without);
            let told = format!("book/mapping/queues.md:{told}");
            assert!(
                messages.len() == 1 && messages[0].starts_with(&told),
                "{part}: {messages:?}"
            );
        }
    }

    #[test]
    fn what_stands_in_code_is_not_there() {
        let quoted = WHOLE
            .replace("{{#twin queues send}}", "`{{#twin queues send}}`")
            .replace("{{#result go/queues/send}}", "`{{#result go/queues/send}}`");
        assert_eq!(messages("mapping/queues.md", &quoted).len(), 2);
        let of_another = WHOLE.replace("{{#twin queues", "{{#twin nodes");
        assert_eq!(messages("mapping/queues.md", &of_another).len(), 1);
    }

    #[test]
    fn costs_in_two_tables_are_not_compared() {
        let apart = WHOLE.replace(
            "| {{#result go/queues/send}} |",
            "| – |\n\n| x | y |\n|---|---|\n| {{#result go/queues/send}} |",
        );
        let messages = messages("mapping/queues.md", &apart);
        assert!(
            messages.len() == 1 && messages[0].contains("one table"),
            "{messages:?}"
        );
    }

    #[test]
    fn the_chapter_of_the_breaks_needs_no_such_heading() {
        let text = WHOLE.replace("queues", ALL_BREAK).replace(
            "## Where the analogy breaks\n",
            "{{#run where-the-analogy-breaks}}\n",
        );
        assert_eq!(
            messages("mapping/where-the-analogy-breaks.md", &text),
            [""; 0]
        );
    }
}
