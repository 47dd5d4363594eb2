//! The chapter of a step of the evolution: what it changes, what came of it, and how it is known to be right.

use project::Problem;
use project::Program;

use super::parts::{FINE_PRINT, Piece, headings, missing};
use crate::verify::texts::Text;

/// The headings.
pub const HEADINGS: [&str; 7] = [
    "Where we are",
    "The technique",
    "The change",
    "The result",
    "The surprise",
    "Where the analogy breaks",
    "How we know it is right",
];

/// What else it holds.
const PARTS: [Piece; 2] = [FINE_PRINT, ("{{#claim ", "a claim (`{{#claim …}}`)")];

/// The chart of all steps so far, which stands where an act of the story ends; one of a step and its parent has the
/// step's number behind this name.
const ALL_SO_FAR: &str = "evolution";

/// The chapter of what came of all steps.
const SUMMARY: &str = "summary";

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
    let own = own_chart(&text.chapter.name);
    if !has_chart(text, &[ALL_SO_FAR, &own]) {
        let what = format!(
            "a chart of its rate, beside its parent's (`{{{{#chart {own}}}}}`) or all so far \
             (`{{{{#chart {ALL_SO_FAR}}}}}`)"
        );
        problems.push(text.lacks(0, &what));
    }
    problems
}

/// What the chapter at the end of all steps lacks; other chapters about several steps have no shape.
pub fn check_summary(text: &Text) -> Vec<Problem> {
    if text.chapter.name != SUMMARY || has_chart(text, &[ALL_SO_FAR]) {
        return Vec::new();
    }
    let what = format!("the chart of all steps (`{{{{#chart {ALL_SO_FAR}}}}}`)");
    vec![text.lacks(0, &what)]
}

/// The name of the chart of a step beside its parent: `evolution-s06` for `s06-tasks`.
fn own_chart(step: &str) -> String {
    let number = step.split('-').next().unwrap_or(step);
    format!("{ALL_SO_FAR}-{number}")
}

fn has_chart(text: &Text, names: &[&str]) -> bool {
    text.directives("chart")
        .any(|(_, name)| names.contains(&name))
}
