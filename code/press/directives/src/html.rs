//! Text that is safe wherever a directive may stand.
//!
//! What we emit goes through a Markdown parser first, inside paragraphs, table cells and lists, so
//! characters that mean something to Markdown are written as character references too, and line
//! breaks as well: everything that we emit is one line.

use std::fmt::Write as _;

/// Escapes text for an HTML element or a quoted attribute that stands anywhere in Markdown.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' | '\n' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '\\' | '|' | '~' | '$' => {
                reference(&mut escaped, c);
            }
            // Two hyphens or three dots would become a dash or an ellipsis.
            '-' | '.' if before == c => reference(&mut escaped, c),
            _ => escaped.push(c),
        }
        before = c;
    }
    escaped
}

fn reference(escaped: &mut String, c: char) {
    write!(escaped, "&#{};", u32::from(c)).expect("a string takes everything");
}

/// The mark of a mistake, for a place of its own or inside a paragraph.
pub fn problem(place: &str, message: &str, own_block: bool) -> String {
    let element = if own_block { "aside" } else { "span" };
    format!(
        r#"<{element} class="problem"><strong>{}</strong> {}</{element}>"#,
        escape(place),
        escape(message)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_markdown_or_html_survives() {
        assert_eq!(
            escape("<a_b> | \"--x\" ...\n{{#run}}"),
            "&lt;a&#95;b&gt; &#124; &quot;-&#45;x&quot; .&#46;&#46;&#10;&#123;&#123;#run&#125;&#125;"
        );
    }

    #[test]
    fn a_problem_stands_alone_or_in_a_paragraph() {
        assert!(
            problem("book/x.md:1", "no", true).starts_with("<aside class=\"problem\"><strong>")
        );
        assert!(problem("book/x.md:1", "no", false).ends_with("</span>"));
    }
}
