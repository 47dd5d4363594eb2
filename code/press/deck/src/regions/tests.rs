//! Marks as they are written, right and wrong, and the slides between them.

use super::*;

const CHAPTER: &str = "# A\n\nBefore.\n\n<!-- slide: 90s cut=20,90 id=one -->\n\n## Two\n\n<!-- notes: Say *this*.\n\n\
    And that. -->\n\n<!-- slide-only: few\nwords -->\n\n<!-- step -->\n\n```rust\na\n```\n\nFor readers.\n\n\
    <!-- /slide -->\n\nAfter.\n";

fn said(text: &str) -> Vec<String> {
    let (_, mistakes) = regions(text);
    let line = |mistake: &Mistake| line_of(text, mistake.at);
    let told = mistakes.iter();
    told.map(|mistake| format!("{}: {}", line(mistake), mistake.message))
        .collect()
}

/// A slide with this inside.
fn slide(inner: &str) -> String {
    format!("<!-- slide: 9s cut=20 -->\n\n{inner}\n\n<!-- /slide -->\n")
}

/// That this and nothing else is told.
#[track_caller]
fn is_told(text: &str, told: &str) {
    let said = said(text);
    assert!(
        said.len() == 1 && said[0].starts_with(told),
        "{text}: {said:?}"
    );
}

#[test]
fn a_region_has_its_marks_with_their_places() {
    let (regions, mistakes) = regions(CHAPTER);
    assert_eq!(mistakes, []);
    let [region] = regions.as_slice() else {
        panic!("{regions:?}");
    };
    assert_eq!(region.header.seconds, 90);
    assert_eq!(region.header.cuts, [20, 90]);
    assert_eq!(line_of(CHAPTER, region.at), 5);
    assert!(CHAPTER[region.body.clone()].starts_with("\n\n## Two"));
    assert!(CHAPTER[region.body.clone()].ends_with("For readers.\n\n"));
    let [notes, only, step] = region.marks.as_slice() else {
        panic!("{:?}", region.marks);
    };
    let Says::Notes(speech) = &notes.says else {
        panic!("{notes:?}");
    };
    assert_eq!(&CHAPTER[speech.clone()], "Say *this*.\n\nAnd that.");
    let Says::SlideOnly(words) = &only.says else {
        panic!("{only:?}");
    };
    assert_eq!(&CHAPTER[words.clone()], "few\nwords");
    assert_eq!(step.says, Says::Step);
}

#[test]
fn marks_in_code_are_text() {
    let text = "# A\n\n```text\n<!-- slide: 90s cut=20 -->\n```\n\n`<!-- step -->`\n\n    <!-- notes: no -->\n";
    assert_eq!(regions(text), (Vec::new(), Vec::new()));
    assert_eq!(marks::without(text), text);
}

#[test]
fn mistakes_have_their_sentence_and_their_line() {
    for (text, told) in [
        (
            "<!-- slide: 9s cut=20 -->\n\n# A\n".to_owned(),
            "1: the slide has no end",
        ),
        (
            "# A\n\n<!-- /slide -->\n".to_owned(),
            "3: no slide ends here",
        ),
        (
            "# A\n\n<!-- notes: b -->\n".to_owned(),
            "3: this mark stands outside of a slide",
        ),
        (
            "<!-- slide: 9m cut=20 -->\n\n<!-- notes: b -->\n\n<!-- /slide -->\n".to_owned(),
            "1: a slide's mark begins",
        ),
        (
            slide("<!-- slide: 9s cut=20 -->"),
            "3: a slide begins within the one of line 1",
        ),
        (
            slide("<!-- note: b -->"),
            "3: a slide has no mark `note`; did you mean `notes`?",
        ),
        (
            slide("<!-- notes b -->"),
            "3: `notes` takes its text behind a colon",
        ),
        (
            slide("<!-- step: one -->"),
            "3: `step` stands alone in its comment",
        ),
        (slide("<!-- steps: 1-3 -->"), "3: `steps: 1-3` is one group"),
        (
            slide("<!-- run -->"),
            "3: `run` takes its text behind a colon",
        ),
        (
            slide("<!-- run: a b -->"),
            "3: `run:` takes a program and numbers",
        ),
        (
            slide("<!-- step --> and text"),
            "3: a slide's mark needs lines of its own",
        ),
        (
            slide("<!-- slide-only: a\n<!-- step -->"),
            "3: the comment of `slide-only` has a comment in it, whose `-->` ends both",
        ),
    ] {
        is_told(&text, told);
    }
    let open = said("<!-- slide: 9s cut=20 -->\n\n<!-- notes: b\n\n<!-- /slide -->\n");
    assert!(
        open.iter().any(|told| told.contains("has no end")),
        "{open:?}"
    );
}

#[test]
fn marks_are_alone_on_their_lines_and_in_no_other_block() {
    for (text, told) in [
        (
            slide("<!-- notes: from a --> b -->"),
            "3: the comment ends at its first `-->`",
        ),
        (
            slide("<!-- slide-only:\na -->\n\n> b --> c"),
            "6: `-->` stands in the text",
        ),
        (
            slide("<!-- notes: a --> <!-- 12345 -->"),
            "3: a slide's mark needs lines of its own",
        ),
        (
            slide("- a\n\n  <!-- step -->\n\n  b"),
            "5: a slide's mark stands within a list or a quotation",
        ),
        (
            slide("> a <!-- step -->"),
            "3: a slide's mark stands within a list or a quotation",
        ),
        (
            slide("text <!-- step -->"),
            "3: a slide's mark needs lines of its own",
        ),
    ] {
        is_told(&text, told);
    }
}

#[test]
fn what_is_no_mistake_is_not_told() {
    for inner in [
        "`a --> b`\n\n```mermaid\na --> b\n```",
        "> a\n\n<!-- step -->\n\n- a\n- b\n\n<!-- step -->",
        "- a\n  - b\n<!-- notes: c -->",
    ] {
        assert_eq!(said(&slide(inner)), [""; 0], "{inner}");
    }
}

#[test]
fn a_wrong_slide_without_an_end_ends_where_the_next_begins() {
    let told = said(
        "<!-- slide: 9m cut=20 -->\n\n<!-- slide: 9s cut=20 -->\n\n<!-- /slide -->\n\n<!-- notes: b -->\n\n<!-- /slide -->\n",
    );
    let lines: Vec<&str> = told.iter().map(|told| &told[..2]).collect();
    assert_eq!(lines, ["1:", "7:", "9:"], "{told:?}");
}
