//! What of a chapter is prose: the text without code, directives, links' targets, tags, comments.

use std::ops::Range;
use std::sync::LazyLock;

use directives::scan::MARKDOWN;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use regex::Regex;

/// Stands for what is not prose but parts it: a directive, code, the edge of a cell or an item.
const EDGE: u8 = b'|';

/// The prose of a chapter, each byte where it stands in the Markdown.
///
/// Everything else is blank, so that what is found in the result has the line that it has in the
/// chapter. Emphasis vanishes ("**5** ms" is "  5   ms"), and what parts two texts parts them here.
pub fn of(markdown: &str) -> String {
    let bare = without_directives(markdown);
    let mut prose: Vec<u8> = bare
        .bytes()
        .map(|byte| if byte == b'\n' { b'\n' } else { b' ' })
        .collect();
    let mut code = false;
    for (event, range) in Parser::new_ext(&bare, MARKDOWN).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Item | Tag::TableCell | Tag::Heading { .. } | Tag::Image { .. }) => {
                edge(&mut prose, range.start);
            }
            Event::Code(_) => edge(&mut prose, range.start),
            Event::Text(text) if !code => put(&mut prose, &bare, range, &text),
            // A block as a whole, because a comment may span its lines.
            Event::Start(Tag::HtmlBlock) => {
                let shown = without_tags(&bare[range.clone()]);
                prose[range].copy_from_slice(shown.as_bytes());
            }
            _ => {}
        }
    }
    String::from_utf8(prose).expect("whole characters were copied")
}

/// A text at its place. Where it is written as an entity (`&nbsp;`, `&times;`), what that means
/// stands at the end of the place, next to what follows.
fn put(prose: &mut [u8], markdown: &str, range: Range<usize>, text: &str) {
    if markdown[range.clone()] == *text {
        prose[range].copy_from_slice(text.as_bytes());
    } else if text.len() <= range.len() && !text.trim().is_empty() {
        prose[range.end - text.len()..range.end].copy_from_slice(text.as_bytes());
    }
}

fn edge(prose: &mut [u8], at: usize) {
    if prose[at] == b' ' {
        prose[at] = EDGE;
    }
}

/// Directives are looked for in the source and not by the parser, which may find a link or
/// emphasis in them.
fn without_directives(markdown: &str) -> String {
    static DIRECTIVE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\{\{#(?:[^}]|\}[^}])*\}\}").expect("a valid pattern"));
    DIRECTIVE
        .replace_all(markdown, |found: &regex::Captures| edged(&found[0]))
        .into_owned()
}

/// Comments, and what stands between `<` and `>`, as blanks.
fn without_tags(html: &str) -> String {
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)<!--.*?(?:-->|$)|<(?:"[^"]*"|'[^']*'|[^"'>])*>"#)
            .expect("a valid pattern")
    });
    TAG.replace_all(html, |found: &regex::Captures| blank(&found[0]))
        .into_owned()
}

/// As many bytes, the first an edge, lines kept.
fn edged(text: &str) -> String {
    let mut blanks = blank(text).into_bytes();
    blanks[0] = EDGE;
    String::from_utf8(blanks).expect("blanks and an edge")
}

/// As many blanks, lines kept.
fn blank(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    /// The words that are left, with single blanks.
    fn words(markdown: &str) -> String {
        let prose = of(markdown);
        assert_eq!(prose.len(), markdown.len(), "every byte keeps its place");
        prose.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn code_directives_targets_and_tags_are_no_prose() {
        assert_eq!(
            words("a `5 ms` b\n\n```text\n5 ms\n```\n\n    5 ms\n\nc"),
            "a | b c"
        );
        assert_eq!(
            words("takes {{#given 500 µs}}, {{#ratio a / b}} more"),
            "takes | , | more"
        );
        assert_eq!(
            words("[text](a-5-ms.html \"5 ms\") and <https://x/5%>"),
            "text and https://x/5%"
        );
        assert_eq!(
            words("<p class=\"5 ms\">five</p>\n\n<!-- 5 ms\n\n5 ms -->\n\nend"),
            "five end"
        );
        assert_eq!(words("a <b title='5 ms'>b</b> <!-- 5 ms --> c"), "a b c");
    }

    #[test]
    fn emphasis_and_entities_do_not_hide_a_number() {
        assert_eq!(words("**5** ms"), "5 ms");
        assert_eq!(words("5&nbsp;ms, 5&times;"), "5 ms, 5 ×");
    }

    #[test]
    fn cells_items_and_code_part_what_they_stand_between() {
        assert_eq!(words("| a | b |\n|---|---|\n| 5 | ms |\n"), "|a |b |5 |ms");
        assert_eq!(words("- 5\n- ms\n"), "| 5 | ms");
        assert_eq!(words("5 `x` ms"), "5 | ms");
    }
}
