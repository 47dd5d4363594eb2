//! What the tests of directives share.

use std::path::Path;

use crate::{Directive, Place};

/// What a directive becomes in a chapter about `s01-cache`, or why it becomes nothing.
///
/// # Errors
///
/// As [`Directive::render`] says.
pub fn rendered<S>(
    directive: &dyn Directive<S>,
    argument: &str,
    sources: &S,
) -> Result<String, String> {
    let place = Place {
        chapter: Path::new("evolution/s01-cache.md"),
        line: 1,
        ordinal: 0,
        is_slide: false,
    };
    let found = directive.render(argument, sources, &place)?;
    Ok(found.html)
}
