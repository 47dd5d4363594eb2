//! How a quantity stands in a sentence.

use directives::html::escape;
use directives::{Place, Rendered};

use crate::value::Value;

/// A measured one; where it is from is shown when it is pointed at.
pub fn measured(text: &str, title: &str) -> Rendered {
    with("measured", text, title, "")
}

/// What was noted in words, which break between lines as others do, and as a number shall not.
pub(crate) fn words(text: &str, title: &str) -> Rendered {
    with("measured in-words", text, title, "")
}

/// A measured one at its place: on a slide, where nothing is pointed at, it bears its machine, which the slide tells.
pub fn of(value: &Value, place: &Place<'_>) -> Rendered {
    let machine = match place.is_slide {
        true => format!(r#" data-machine="{}""#, escape(&value.machine)),
        false => String::new(),
    };
    with("measured", &value.written, &value.title, &machine)
}

fn with(class: &str, text: &str, title: &str, attribute: &str) -> Rendered {
    let html = format!(
        r#"<span class="{class}" title="{}"{attribute}>{}</span>"#,
        escape(title),
        escape(text)
    );
    Rendered::inline(html)
}
