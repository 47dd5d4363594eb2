//! A concept's chapter.

use super::super::check;
use super::super::concept::ALL_BREAK;
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
