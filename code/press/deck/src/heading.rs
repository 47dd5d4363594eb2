//! The heading of a slide: what it is called by, in lists and in addresses, too. So it is plain text.

use directives::scan::{self, MARKDOWN};
use project::line_of;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::piece::Piece;

/// A heading.
#[derive(Debug, PartialEq, Eq)]
pub struct Heading {
    /// What it says.
    pub text: String,
    /// Whether it is of the first level: then the slide is a title.
    pub is_title: bool,
}

/// The first heading.
pub fn heading(markdown: &str) -> Option<Heading> {
    let mut is_title = false;
    let mut title: Option<String> = None;
    for event in Parser::new_ext(markdown, MARKDOWN) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                is_title = level == HeadingLevel::H1;
                title = Some(String::new());
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(title) = &mut title {
                    title.push_str(&text);
                }
            }
            Event::SoftBreak => {
                if let Some(title) = &mut title {
                    title.push(' ');
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                return title.map(|text| Heading { text, is_title });
            }
            _ => {}
        }
    }
    None
}

/// Directives in the heading that a slide is called by: each with its line.
pub fn directives(pieces: &[Piece]) -> Option<(usize, String)> {
    pieces.iter().find_map(|piece| {
        let mut events = Parser::new_ext(&piece.text, MARKDOWN).into_offset_iter();
        let (_, heading) =
            events.find(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })))?;
        let found = scan::directives(&piece.text);
        let is_plain = !found
            .iter()
            .any(|found| found.inside.is_none() && heading.contains(&found.range.start));
        let line = piece.line + line_of(&piece.text, heading.start) - 1;
        Some((!is_plain).then(|| (line, "a slide's heading is plain text".to_owned())))
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_texts() {
        let two = heading("a\n\n## Two `x` *y*\n\n# B").unwrap();
        assert_eq!((two.text.as_str(), two.is_title), ("Two x y", false));
        assert!(heading("# B").unwrap().is_title);
        assert_eq!(heading("a"), None);
    }

    #[test]
    fn a_heading_has_no_directives() {
        let told = |text| directives(&[Piece::new(3, "One."), Piece::new(7, text)]);
        let message = || "a slide's heading is plain text".to_owned();
        assert_eq!(told("\n## {{#ratio a / b}} faster"), Some((8, message())));
        assert_eq!(told("## Faster {{#ratio a / b}}"), Some((7, message())));
        for text in [
            "## Faster",
            "## `{{#run}}`",
            "{{#run a}}",
            "## A\n\n{{#run a}}",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
