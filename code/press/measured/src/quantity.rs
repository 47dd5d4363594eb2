//! How a quantity stands in a sentence.

use directives::Rendered;
use directives::html::escape;

/// A measured one; where it is from is shown when it is pointed at.
pub fn measured(text: &str, title: &str) -> Rendered {
    let html = format!(
        r#"<span class="measured" title="{}">{}</span>"#,
        escape(title),
        escape(text)
    );
    Rendered::inline(html)
}
