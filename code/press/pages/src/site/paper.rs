//! The page for printing holds all chapters, and of each only what comes to paper: no second drawing for phones, nothing
//! that is folded up, nothing that is pressed, no hint that shows when it is pointed at.

use anyhow::Result;

use super::elements;

/// What no sheet shows (`theme/css/paper.css`, and the rules for paper beside the rules for the screen).
const NOT_PRINTED: &[&str] = &[
    ".chart-narrow",
    ".chart-data",
    // What does not change is counted in the fold's first line.
    ".diff-fold > :not(summary)",
    ".exercise > details",
    ".play-board",
    ".picture-choice",
    ".onward",
];

/// What only scripts and pointers read.
const NOT_READ: &[(&str, &str)] = &[
    (".run", "data-menus"),
    (".queue", "data-runs"),
    (".measured", "title"),
    (".given", "title"),
];

/// The page for printing, without the rest.
///
/// # Errors
///
/// If the page cannot be read.
pub fn thinned(page: &str) -> Result<String> {
    let page = elements::without(page, NOT_PRINTED)?;
    elements::without_attributes(&page, NOT_READ)
}
