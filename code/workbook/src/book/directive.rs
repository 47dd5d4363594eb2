//! What each directive does: the one list of their names.

use super::near;
use super::sources::{Place, Sources};
use super::{chart, claim, diff, machine, note, outline, panel, quantity, size, twin};

/// What stands in the page instead of a directive.
#[derive(Debug)]
pub struct Rendered {
    /// The HTML, on one line.
    pub html: String,
    /// Whether it is a block and must have its paragraph for itself.
    pub block: bool,
    /// What is wrong although something can be shown: a claim that does not hold.
    pub problem: Option<String>,
}

impl Rendered {
    /// Part of a sentence.
    pub fn inline(html: String) -> Rendered {
        Rendered {
            html,
            block: false,
            problem: None,
        }
    }

    /// A block of its own.
    pub fn block(html: String) -> Rendered {
        Rendered {
            html,
            block: true,
            problem: None,
        }
    }
}

/// The directives of this book.
const OURS: [&str; 13] = [
    "result", "ratio", "given", "cited", "claim", "diff", "twin", "chart", "run", "machine",
    "size", "note", "talk",
];

/// Whether what a directive shows is looked up in the measurements.
pub fn is_of_results(name: &str) -> bool {
    ["result", "ratio", "claim", "chart", "machine", "note"].contains(&name)
}

/// mdBook's own, which its preprocessor expands after us.
pub const MDBOOKS: [&str; 5] = [
    "include",
    "rustdoc_include",
    "playground",
    "playpen",
    "title",
];

/// Renders one directive.
///
/// # Errors
///
/// If it is unknown or its argument is wrong: one sentence for the writer.
pub fn render(
    name: &str,
    argument: &str,
    sources: &Sources,
    place: &Place<'_>,
) -> Result<Rendered, String> {
    match name {
        "result" => quantity::result(argument, sources),
        "ratio" => quantity::ratio(argument, sources),
        "given" => quantity::given(argument),
        "cited" => quantity::cited(argument, sources, place),
        "claim" => claim::render(argument, sources, place),
        "diff" => diff::render(argument, sources),
        "twin" => twin::render(argument, sources),
        "chart" => chart::render(argument, sources, place),
        "run" => panel::render(argument, sources),
        "machine" => machine::render(argument, sources),
        "size" => size::render(argument, sources),
        "note" => note::render(argument, sources),
        "talk" => outline::render(argument, sources),
        _ => {
            let hint = near::hint(name, OURS.into_iter().chain(MDBOOKS));
            Err(format!("there is no directive `{name}`{hint}"))
        }
    }
}
