//! `{{#cited 40 µs, key}}`: a figure from elsewhere, with its source.

use directives::html::escape;
use directives::{Directive, Place, Rendered};

use crate::evidence::Evidence;
use crate::number;

/// The figure as it is written, with a link to its entry in the bibliography.
pub struct Cited;

impl Directive<Evidence> for Cited {
    fn name(&self) -> &'static str {
        "cited"
    }

    fn render(
        &self,
        argument: &str,
        sources: &Evidence,
        place: &Place<'_>,
    ) -> Result<Rendered, String> {
        // The figure may hold a comma itself.
        let (figure, key) = argument
            .rsplit_once(',')
            .map(|(figure, key)| (figure.trim(), key.trim()))
            .filter(|(figure, key)| !figure.is_empty() && !key.is_empty())
            .ok_or_else(|| {
                format!("`cited` takes a figure and a key, as in `40 µs, seda`, not `{argument}`")
            })?;
        sources.bibliography.check(key)?;
        let figure = escape(&number::join(figure, ""));
        let key = escape(key);
        let page = place.to_root() + sources.bibliography.page();
        Ok(Rendered::inline(format!(
            r#"<span class="cited">{figure} <a class="citation" href="{page}#{key}">&#91;{key}&#93;</a></span>"#
        )))
    }
}
