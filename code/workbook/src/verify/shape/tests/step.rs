//! A step's chapter.

use super::super::check;
use super::super::step::HEADINGS;
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
    assert_eq!(messages("evolution/not-done.md", "# Not\n"), [""; 0]);
}

#[test]
fn a_chart_of_the_rate_is_that_of_all_steps_or_the_chapters_own() {
    let with = |chart: &str| {
        messages(
            "evolution/s01-one.md",
            &WHOLE.replace("#chart evolution", chart),
        )
    };
    assert_eq!(with("#chart evolution-s01"), [""; 0]);
    for other in ["#chart evolution-s02", "#chart evolution-long", "#chart x"] {
        assert_eq!(
            with(other),
            [
                "book/evolution/s01-one.md:1: the chapter lacks a chart of its rate, beside its parent's \
                 (`{{#chart evolution-s01}}`) or all so far (`{{#chart evolution}}`)"
            ],
            "{other}"
        );
    }
}

#[test]
fn the_summary_has_the_chart_of_all_steps() {
    let whole = "# All\n\n{{#chart evolution}}\n";
    assert_eq!(messages("evolution/summary.md", whole), [""; 0]);
    let of_one = whole.replace("evolution", "evolution-long");
    assert_eq!(
        messages("evolution/summary.md", &of_one),
        [
            "book/evolution/summary.md:1: the chapter lacks the chart of all steps (`{{#chart evolution}}`)"
        ]
    );
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
