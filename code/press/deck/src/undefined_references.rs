//! What a slide cannot show without its chapter.
//!
//! A slide's pieces are rendered by themselves. A link or a footnote that is defined in a part of the chapter that is
//! not on the slide would stand there in brackets.

use std::collections::BTreeSet;

use directives::scan::MARKDOWN;
use project::line_of;
use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag};

use super::piece::Piece;

/// What is defined in the chapter and not in these pieces, which are rendered together: each with its line.
pub fn undefined(chapter: &str, pieces: &[Piece]) -> Vec<(usize, String)> {
    let text: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let text = text.join("\n\n");
    let told = links(chapter, &text)
        .into_iter()
        .chain(footnotes(chapter, &text));
    told.map(|(at, message)| (line(pieces, at), message))
        .collect()
}

/// Links without an address here that have one in the chapter.
fn links<'t>(chapter: &str, text: &'t str) -> Vec<(usize, String)> {
    let chapter = Parser::new_ext(chapter, MARKDOWN);
    let defined = chapter.reference_definitions();
    let mut told = Vec::new();
    let mut tell = |link: BrokenLink<'t>| -> Option<(CowStr<'t>, CowStr<'t>)> {
        let label = link.reference;
        if defined.get(&label).is_some() {
            let message =
                format!("the link `[{label}]` is defined outside of the slide: write its address");
            told.push((link.span.start, message));
        }
        None
    };
    Parser::new_with_broken_link_callback(text, MARKDOWN, Some(&mut tell)).for_each(drop);
    told
}

/// Footnotes whose text is elsewhere in the chapter.
fn footnotes(chapter: &str, text: &str) -> Vec<(usize, String)> {
    let here = footnotes_of(text);
    let elsewhere = footnotes_of(chapter);
    let elsewhere: Vec<&String> = elsewhere.difference(&here).collect();
    // Only a footnote with a text is one for the parser.
    let texts: String = elsewhere
        .iter()
        .map(|label| format!("\n\n[^{label}]: a"))
        .collect();
    let whole = format!("{text}{texts}");
    let mut told = Vec::new();
    for (event, range) in Parser::new_ext(&whole, MARKDOWN).into_offset_iter() {
        if let Event::FootnoteReference(label) = event
            && elsewhere.contains(&&label.to_lowercase())
        {
            let message = format!("the footnote `[^{label}]` stands outside of the slide");
            told.push((range.start, message));
        }
    }
    told
}

/// The footnotes whose texts are here.
fn footnotes_of(text: &str) -> BTreeSet<String> {
    let events = Parser::new_ext(text, MARKDOWN);
    let labels = events.filter_map(|event| match event {
        Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_lowercase()),
        _ => None,
    });
    labels.collect()
}

/// The line of the chapter that a place in the joined pieces is from.
fn line(pieces: &[Piece], at: usize) -> usize {
    let mut start = 0;
    for piece in pieces {
        let end = start + piece.text.len();
        if at < end {
            return piece.line + line_of(&piece.text, at.saturating_sub(start)) - 1;
        }
        start = end + "\n\n".len();
    }
    pieces.last().map_or(1, |piece| piece.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "# A\n\nSee [b] and [c][B].[^d]\n\n[b]: https://b\n\n[^d]: More.\n";

    fn pieces(texts: &[(usize, &str)]) -> Vec<Piece> {
        let texts = texts.iter();
        texts.map(|&(line, text)| Piece::new(line, text)).collect()
    }

    fn told(texts: &[(usize, &str)]) -> Vec<(usize, String)> {
        undefined(CHAPTER, &pieces(texts))
    }

    #[test]
    fn what_the_chapter_defines_is_missed() {
        let link = |label| {
            format!("the link `[{label}]` is defined outside of the slide: write its address")
        };
        let note = "the footnote `[^d]` stands outside of the slide".to_owned();
        assert_eq!(
            told(&[(3, "One."), (10, "Two.\n\n[b] and [c][B].[^d]")]),
            [(12, link("b")), (12, link("B")), (12, note)]
        );
    }

    #[test]
    fn what_is_whole_is_not_told() {
        for text in [
            "[b]\n\n[b]: https://b",
            "[b](https://b)",
            "[e] and [^e]",
            "`[b]`\n\n```text\n[b][^d]\n```",
            "a[^d]\n\n[^d]: b",
        ] {
            assert_eq!(told(&[(1, text)]), [], "{text}");
        }
    }
}
