//! `{{#given 500 µs}}`: a configured quantity.

use directives::html::escape;
use directives::{Directive, Place, Rendered};

use crate::evidence::Evidence;
use crate::number;

/// The quantity as it is written, marked as configured.
pub struct Given;

impl Directive<Evidence> for Given {
    fn name(&self) -> &'static str {
        "given"
    }

    fn render(
        &self,
        argument: &str,
        _sources: &Evidence,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        if argument.is_empty() {
            return Err("`given` takes the configured quantity, such as `500 µs`".into());
        }
        let text = escape(&number::join(argument, ""));
        let html = format!(r#"<span class="given" title="configured, not measured">{text}</span>"#);
        Ok(Rendered::inline(html))
    }
}
