//! Finds the directives of a chapter: `{{#name argument}}`.
//!
//! What is code is decided by the Markdown parser of the book itself and not by counting backticks,
//! because a fence may be indented, quoted or longer than three characters.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, Tag};
use regex::Regex;

/// Markdown as mdBook reads it, so that we and it agree on what is code and what is a link.
pub const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// A directive as it is written.
#[derive(Debug, PartialEq, Eq)]
pub struct Written<'t> {
    /// The bytes from the first brace to the last.
    pub range: Range<usize>,
    /// The name, without the `#`.
    pub name: &'t str,
    /// What follows the name, trimmed.
    pub argument: &'t str,
    /// Whether a `}}` ends it.
    pub closed: bool,
    /// Nothing else is on its lines.
    pub own_line: bool,
    /// It is a paragraph of its own.
    pub own_paragraph: bool,
    /// The code block or comment that it stands in, where only mdBook's own directives work.
    pub inside: Option<Range<usize>>,
    /// The image, tag or end of a link that it stands in, where no HTML can be put: in a text that becomes an attribute.
    pub attribute: Option<Range<usize>>,
}

/// All directives of a chapter in order, those in code and comments too, escaped ones not.
pub fn directives(text: &str) -> Vec<Written<'_>> {
    let ranges = Ranges::of(text);
    let around =
        |ranges: &[Range<usize>], at| ranges.iter().find(|range| range.contains(&at)).cloned();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("{{") {
        let start = from + at;
        from = start + 1;
        // mdBook allows a space in front of the name.
        let is_directive = text[start + 2..].trim_start().starts_with('#');
        if !is_directive || text[..start].ends_with('\\') {
            continue;
        }
        let directive = Written {
            inside: around(&ranges.quoted, start),
            attribute: around(&ranges.attributes, start),
            ..directive(text, start)
        };
        from = directive.range.end.max(from);
        found.push(directive);
    }
    found
}

fn directive(text: &str, start: usize) -> Written<'_> {
    let head = text[start..]
        .find('#')
        .map_or(text.len(), |at| start + at + 1);
    let rest = &text[head..];
    // A directive may span lines, but not paragraphs.
    let paragraph = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
    let (body, closed) = match paragraph.find("}}") {
        Some(end) => (&paragraph[..end], true),
        None => (paragraph.lines().next().unwrap_or(""), false),
    };
    let (name, argument) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    let end = head + body.len() + if closed { 2 } else { 0 };
    let before = &text[..start];
    let after = &text[end..];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').unwrap_or(after.len());
    let own_line = before[line_start..].trim().is_empty() && after[..line_end].trim().is_empty();
    let blank_before = before[..line_start]
        .lines()
        .next_back()
        .is_none_or(is_blank);
    let blank_after = after[line_end..].lines().nth(1).is_none_or(is_blank);
    Written {
        range: start..end,
        name,
        argument: argument.trim(),
        closed,
        own_line,
        own_paragraph: own_line && blank_before && blank_after,
        inside: None,
        attribute: None,
    }
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The stretches of a text in which not everything can stand.
#[derive(Default)]
struct Ranges {
    /// Code blocks, code spans and comments.
    quoted: Vec<Range<usize>>,
    /// Images, tags, and of links what stands behind their texts.
    attributes: Vec<Range<usize>>,
}

impl Ranges {
    fn of(text: &str) -> Ranges {
        let mut ranges = Ranges::default();
        for (event, range) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
            match event {
                Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => ranges.quoted.push(range),
                Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                    ranges.attributes.extend(tags(text, range.clone()));
                    ranges.quoted.extend(comments(text, range));
                }
                Event::Start(Tag::Image { .. }) => ranges.attributes.push(range),
                Event::Start(Tag::Link { .. }) => {
                    let end = text[range.clone()].rfind("](");
                    ranges
                        .attributes
                        .extend(end.map(|end| range.start + end..range.end));
                }
                _ => {}
            }
        }
        ranges
    }
}

/// The tags in a stretch of HTML.
fn tags(text: &str, html: Range<usize>) -> Vec<Range<usize>> {
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("<[A-Za-z][^>]*").expect("a valid pattern"));
    let found = TAG.find_iter(&text[html.clone()]);
    found
        .map(|tag| html.start + tag.start()..html.start + tag.end())
        .collect()
}

/// The comments in a stretch of HTML.
pub fn comments(text: &str, html: Range<usize>) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    let mut from = html.start;
    while let Some(at) = text[from..html.end].find("<!--") {
        let start = from + at;
        let length = text[start..html.end].find("-->").map(|end| end + 3);
        from = length.map_or(html.end, |length| start + length);
        comments.push(start..from);
    }
    comments
}

#[cfg(test)]
mod tests {
    use project::line_of;

    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let all = directives(text);
        all.iter()
            .filter(|d| d.inside.is_none())
            .map(|d| d.name)
            .collect()
    }

    #[test]
    fn directives_are_found_with_their_arguments() {
        let text = "See {{#result a/b x}} and\n{{#chart evolution}}\n";
        let found = directives(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].name, found[0].argument), ("result", "a/b x"));
        assert!(!found[0].own_line);
        assert!(found[1].own_line && !found[1].own_paragraph);
        assert_eq!(line_of(text, found[1].range.start), 2);
    }

    #[test]
    fn braces_may_be_apart_from_the_name() {
        let found = directives("{{ #include a.rs}} {{{#given 1}}} {{ x }} {{\n#given 2}}");
        let told: Vec<_> = found.iter().map(|one| (one.name, one.argument)).collect();
        assert_eq!(told, [("include", "a.rs"), ("given", "1"), ("given", "2")]);
        assert_eq!(found[0].range, 0..18);
    }

    #[test]
    fn a_paragraph_of_its_own_is_told_from_a_line_of_its_own() {
        let found = directives("a\n\n{{#chart x}}\n\nb {{#y}}");
        assert!(found[0].own_paragraph);
        assert!(directives("{{#chart x}}")[0].own_paragraph);
    }

    #[test]
    fn code_comments_and_escapes_are_left_alone() {
        assert_eq!(
            names("```text\n{{#result a}}\n```\n\n{{#given 1}}"),
            ["given"]
        );
        assert_eq!(
            names("- a\n\n  ````\n  ```\n  {{#result a}}\n  ````\n"),
            [""; 0]
        );
        assert_eq!(names("    {{#result a}}\n"), [""; 0]);
        assert_eq!(names("``{{#result `a}}`` {{#given 1}}"), ["given"]);
        assert_eq!(names("<!-- {{#result a}}\n\n{{#chart b}} -->\n"), [""; 0]);
        assert_eq!(names(r"\{{#result a}} {{#given 1}}"), ["given"]);
    }

    #[test]
    fn an_unclosed_directive_ends_with_its_line() {
        let found = directives("{{#claim a > b\nmore\n\n{{#given 1}}");
        assert!(!found[0].closed);
        assert_eq!(found[0].argument, "a > b");
        assert!(found[1].closed);
    }

    #[test]
    fn a_directive_may_span_lines() {
        let found = directives("x {{#claim a > b\nand b > c}} y");
        assert!(found[0].closed && found[0].argument.contains("\nand"));
    }

    #[test]
    fn what_becomes_an_attribute_is_told_from_text() {
        let told = |text: &str| -> Vec<bool> {
            let found = directives(text);
            found.iter().map(|one| one.attribute.is_some()).collect()
        };
        for attribute in [
            "![as fast as {{#result a b}}](x.png)",
            "![*as* {{#result a b}}][x]\n\n[x]: y.png",
            "[a](b.md \"{{#result a b}}\")",
            "<img alt=\"{{#result a b}}\">",
            "a <abbr title=\"{{#claim a > b}}\">b</abbr>",
            "<div\n title='{{#result a b}}'>\n\nb\n\n</div>",
        ] {
            assert_eq!(told(attribute), [true], "{attribute}");
        }
        for text in [
            "[as {{#result a b}}](x.md)",
            "![x](x.png) {{#result a b}}",
            "<div>{{#result a b}}</div>",
            "# {{#result a b}}",
            "<b>x</b> {{#claim a > b}}",
        ] {
            assert_eq!(told(text), [false], "{text}");
        }
    }
}
