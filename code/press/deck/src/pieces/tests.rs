//! Regions, and what of them goes on a slide.

use super::*;
use crate::regions;

/// The pieces of a region with this inside, each with its line, and what was wrong.
fn of(inner: &str) -> (Vec<(usize, String)>, Vec<String>) {
    let text = format!("<!-- slide: 9s cut=20 -->\n\n{inner}\n\n<!-- /slide -->\n");
    let (regions, mistakes) = regions::regions(&text);
    assert_eq!(mistakes, [], "{text}");
    let (pieces, mistakes) = slide(&text, &regions[0], &["chart", "diff", "twin", "run"]);
    (
        pieces.into_iter().map(|one| (one.line, one.text)).collect(),
        mistakes.into_iter().map(|one| one.message).collect(),
    )
}

fn shown(inner: &str) -> Vec<(usize, String)> {
    let (pieces, mistakes) = of(inner);
    assert_eq!(mistakes, [""; 0], "{inner}");
    pieces
}

fn texts(inner: &str) -> Vec<String> {
    shown(inner).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn what_is_looked_at_goes_on_the_slide_and_what_is_read_does_not() {
    let inner = "## A heading\n\nA paragraph with {{#result a b}}.\n\n{{#chart evolution}}\n\n- a list\n- of two\n\n\
        ```mermaid\ngraph TD\n```\n\n| a |\n|---|\n| b |\n\n<div class=\"fine-print\">\n\nFine.\n\n</div>\n\n\
        {{#twin queues send}}\n{{#run queues}}\n\n> quoted\n\n---";
    let expected = [
        (3, "## A heading"),
        (7, "{{#chart evolution}}"),
        (12, "```mermaid\ngraph TD\n```"),
        (16, "| a |\n|---|\n| b |"),
        (26, "{{#twin queues send}}\n{{#run queues}}"),
    ];
    let expected: Vec<(usize, String)> =
        expected.map(|(line, text)| (line, text.to_owned())).into();
    assert_eq!(shown(inner), expected);
}

#[test]
fn a_long_table_stays_in_the_book() {
    let table = |rows: usize| format!("| a |\n|---|\n{}", "| b |\n".repeat(rows));
    assert_eq!(texts(&table(ROWS_MAX)).len(), 1);
    assert_eq!(texts(&table(ROWS_MAX + 1)).len(), 0);
    let wanted = format!("<!-- on-slide -->\n\n{}", table(ROWS_MAX + 1));
    assert_eq!(texts(&wanted).len(), 1, "a mark is stronger");
}

#[test]
fn marks_add_what_the_book_has_not_or_does_not_show() {
    let inner = "<!-- on-slide -->\n- one\n- two\n\n- - -\n\n<!-- slide-only: *words*\nof two lines -->\n\n<!-- notes: b -->";
    assert_eq!(texts(inner), ["- one\n- two", "*words*\nof two lines"]);
    assert_eq!(shown(inner)[1].0, 9);
    assert_eq!(
        texts("## A\n\n<!-- slide-only: ## Other -->"),
        ["## Other"],
        "one heading is enough"
    );
    assert_eq!(texts("<!-- slide-only: -->"), [""; 0]);
}

#[test]
fn steps_stand_before_what_they_reveal() {
    let inner = "<!-- step -->\n{{#chart a}}\n\n<!-- step -->\n<!-- slide-only: b -->\n\n<!-- on-slide -->\n<!-- steps -->\n\n- c\n- d";
    let expected = [
        (3, "<!-- step -->\n{{#chart a}}"),
        (6, "<!-- step -->\nb"),
        (10, "<!-- steps -->\n\n- c\n- d"),
    ];
    let expected: Vec<(usize, String)> =
        expected.map(|(line, text)| (line, text.to_owned())).into();
    assert_eq!(shown(inner), expected);
    let first = "<!-- run: a b=1 -->";
    let panel = format!("{first}\n\n<!-- step -->\n\n{{{{#run c}}}}");
    assert_eq!(
        texts(&panel),
        [format!("{first}\n\n<!-- step -->\n\n{{{{#run c}}}}")]
    );
    let without_step = format!("{first}\n\n{{{{#run c}}}}");
    assert_eq!(
        of(&without_step).1,
        ["a `run` must stand in front of a `step` and a panel, and here is none"]
    );
    for inner in ["<!-- step -->\n\nText.\n\n```rust\na\n```", "<!-- step -->"] {
        assert_eq!(
            of(inner).1,
            ["what this step would reveal is not on the slide"],
            "{inner}"
        );
    }
}

#[test]
fn what_is_asked_onto_the_slide_is_there() {
    for (inner, texts) in [
        ("Words.\n\n<!-- on-slide -->", vec![]),
        (
            "<!-- on-slide -->\n\n<!-- on-slide -->\n\nOne.\n\nTwo.",
            vec!["One."],
        ),
        (
            "<!-- on-slide -->\n\n<!-- slide-only: One. -->\n\nTwo.",
            vec!["One."],
        ),
    ] {
        let (pieces, told) = of(inner);
        let shown: Vec<_> = pieces.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(shown, texts, "{inner}");
        assert_eq!(told, ["what `on-slide` would show is not there"], "{inner}");
    }
}

#[test]
fn notes_are_all_that_is_said() {
    let text = "<!-- slide: 9s cut=20 -->\n\n<!-- notes: One.\n\nTwo. -->\n\n# A\n\n<!-- notes:\nThree. -->\n\n<!-- /slide -->\n";
    let (regions, _) = regions::regions(text);
    let notes = notes(text, &regions[0]);
    let notes: Vec<_> = notes.iter().map(|one| (one.line, &*one.text)).collect();
    assert_eq!(notes, [(3, "One.\n\nTwo."), (10, "Three.")]);
}
