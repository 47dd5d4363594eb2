//! The chapter of a step of the evolution: what it changes, what came of it, and how it is known to be right.

use project::Problem;
use project::Program;

use super::{FINE_PRINT, Piece, headings, missing};
use crate::verify::texts::Text;

/// The headings.
const HEADINGS: [&str; 7] = [
    "Where we are",
    "The technique",
    "The change",
    "The result",
    "The surprise",
    "Where the analogy breaks",
    "How we know it is right",
];

/// What else it holds.
const PARTS: [Piece; 3] = [
    FINE_PRINT,
    (
        "{{#chart evolution",
        "a chart of its rate, beside its parent's or all so far (`{{#chart evolution…}}`)",
    ),
    ("{{#claim ", "a claim (`{{#claim …}}`)"),
];

/// How the first step shows its code.
const CODE: Piece = ("{{#include ", "the step's code (`{{#include …}}`)");

/// How all others do.
const CHANGE: Piece = (
    "{{#diff ",
    "the difference to the step's parent (`{{#diff …}}`)",
);

/// What a step's chapter lacks.
pub fn check(text: &Text, programs: &[Program]) -> Vec<Problem> {
    let step = programs
        .iter()
        .find(|program| program.name == text.chapter.name);
    let is_root = step.is_some_and(|step| step.parent.is_none());
    let code = if is_root { CODE } else { CHANGE };
    let mut problems = headings(text, &HEADINGS);
    problems.extend(missing(text, &PARTS));
    problems.extend(missing(text, &[code]));
    problems
}

#[cfg(test)]
mod tests {
    use super::super::check;
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
