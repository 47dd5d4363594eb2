//! The words of slides and notes.

use directives::scan::{self, MARKDOWN};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::super::piece::Piece;

/// The words that a slide shows, without those in code, in tables and in figures: these have measures of their own. The
/// directives of these names are figures.
pub fn words(pieces: &[Piece], figures: &[&str]) -> usize {
    let words = pieces.iter().map(|piece| {
        let mut text = piece.text.clone();
        let found = scan::directives(&piece.text);
        // What stands in code is shown as it is written.
        let shown = found.iter().filter(|found| found.inside.is_none());
        for found in shown.rev() {
            // A number is a word; a figure is none.
            let word = if figures.contains(&found.name) {
                ""
            } else {
                "0"
            };
            text.replace_range(found.range.clone(), word);
        }
        spoken(&text)
    });
    words.sum()
}

/// The words of a Markdown text that are neither code nor in a table.
pub fn spoken(markdown: &str) -> usize {
    let mut silent = 0;
    let mut words = 0;
    for event in Parser::new_ext(markdown, MARKDOWN) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_)) => silent += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Table) => silent -= 1,
            Event::Text(text) | Event::Code(text) if silent == 0 => words += count(&text),
            _ => {}
        }
    }
    words
}

/// What has a letter or a digit in it, between blanks.
fn count(text: &str) -> usize {
    let has_sound = |word: &&str| word.contains(char::is_alphanumeric);
    text.split_whitespace().filter(has_sound).count()
}

/// Whether notes are a list of points, which nobody can say.
pub fn has_points(markdown: &str) -> bool {
    Parser::new_ext(markdown, MARKDOWN).any(|event| matches!(event, Event::Start(Tag::List(_))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> usize {
        words(&[Piece::new(1, text)], &["chart"])
    }

    #[test]
    fn words_are_counted_where_they_are_words() {
        for (text, expected) in [
            ("## Two words\n\nand *three* more – 1.", 6),
            ("```rust\nlet a = 1;\n```\n\n`code` counts", 2),
            ("| a | b |\n|---|---|\n| c | d |", 0),
            ("{{#chart evolution}}", 0),
            ("It is written `{{#chart evolution}}`", 5),
            (
                "It does {{#result a/b[x=1] lines_per_s}}, {{#ratio a / b}}{{#claim a > 2 * b}}.",
                4,
            ),
            ("<!-- step -->\n- one\n- two", 2),
        ] {
            assert_eq!(words_of(text), expected, "{text}");
        }
    }

    #[test]
    fn points_are_no_speech() {
        assert!(has_points("We say:\n\n- this\n- that"));
        assert!(has_points("1. First"));
        assert!(!has_points("First this, then that.\n\n2026 was a year."));
    }
}
