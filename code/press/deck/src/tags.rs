//! The tags of HTML that mdBook has rendered.
//!
//! There a `<` that is no tag is always written as `&lt;`, and attributes stand in double quotes. So a pattern finds
//! every tag, and nothing that only looks like one, which a parser of HTML would do with more effort.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A tag, an opening one with its attributes; or a comment.
pub static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?s)<!--.*?-->|</?[a-zA-Z](?:"[^"]*"|[^">])*>"#).expect("a valid pattern")
});

static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\s([\w:-]+)="([^"]*)""#).expect("a valid pattern"));

/// HTML with each opening tag's attributes changed: `change` gets a name and a value, and gives another value or none
/// for the one that it was.
pub fn with_attributes(html: &str, change: impl Fn(&str, &str) -> Option<String>) -> String {
    let tag = |found: &Captures<'_>| {
        let tag = &found[0];
        if tag.starts_with("<!--") {
            return tag.to_owned();
        }
        let attribute = |found: &Captures<'_>| match change(&found[1], &found[2]) {
            Some(value) => format!(" {}=\"{value}\"", &found[1]),
            None => found[0].to_owned(),
        };
        ATTRIBUTE.replace_all(tag, attribute).into_owned()
    };
    TAG.replace_all(html, tag).into_owned()
}

/// The name of a tag in lower case, an end's with its stroke: `h2`, `/h2`.
pub fn name(tag: &str) -> String {
    let inner = tag.trim_start_matches('<');
    let end =
        inner.find(|c: char| c.is_whitespace() || c == '>' || (c == '/' && !inner.starts_with(c)));
    inner[..end.unwrap_or(inner.len())].to_ascii_lowercase()
}

/// The value of an attribute.
pub fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut all = ATTRIBUTE.captures_iter(tag);
    all.find(|found| &found[1] == name)
        .and_then(|found| Some(found.get(2)?.as_str()))
}

/// Whether an opening tag has a class.
pub fn has_class(tag: &str, class: &str) -> bool {
    attribute(tag, "class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
}

/// The tag with another attribute.
pub fn with(tag: &str, name: &str, value: &str) -> String {
    let (start, end) = tag.split_at(tag.len() - if tag.ends_with("/>") { 2 } else { 1 });
    format!("{} {name}=\"{value}\"{end}", start.trim_end())
}

/// The tag with another class.
pub fn with_class(tag: &str, class: &str) -> String {
    match attribute(tag, "class") {
        Some(classes) => tag.replacen(
            &format!(" class=\"{classes}\""),
            &format!(" class=\"{classes} {class}\""),
            1,
        ),
        None => with(tag, "class", class),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_changed_in_tags_only() {
        let html = "<!-- id=\"c\" --><a id=\"a\" href=\"x>y\">say id=\"a\" &lt;b id=\"b\"></a><br id=\"d\" />";
        let marked = with_attributes(html, |name, value| {
            (name == "id").then(|| format!("s--{value}"))
        });
        assert_eq!(
            marked,
            "<!-- id=\"c\" --><a id=\"s--a\" href=\"x>y\">say id=\"a\" &lt;b id=\"b\"></a><br id=\"s--d\" />"
        );
    }

    #[test]
    fn tags_can_be_asked_and_added_to() {
        assert_eq!(name("<h2 id=\"x\">"), "h2");
        assert_eq!(name("</H2>"), "/h2");
        assert_eq!(name("<br/>"), "br");
        assert_eq!(attribute("<a href=\"b\">", "href"), Some("b"));
        assert_eq!(attribute("<a data-href=\"b\">", "href"), None);
        assert!(has_class("<p class=\"a b\">", "b") && !has_class("<p class=\"ab\">", "b"));
        assert_eq!(with("<p>", "id", "x"), "<p id=\"x\">");
        assert_eq!(with("<br />", "id", "x"), "<br id=\"x\"/>");
        assert_eq!(with_class("<p class=\"a\">", "b"), "<p class=\"a b\">");
        assert_eq!(with_class("<p>", "b"), "<p class=\"b\">");
    }
}
