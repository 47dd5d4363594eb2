//! A page has more height than width, and a slide more width than height: what a flow chart draws from top to bottom
//! goes from left to right on a slide.

use std::sync::LazyLock;

use directives::scan::MARKDOWN;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use regex::Regex;

/// Markdown with its flow charts from left to right. All else is as it was.
pub fn across(text: &str) -> String {
    static DOWN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^(\s*(?:flowchart|graph)) T[DB]\b").expect("a valid pattern")
    });
    let mut across = text.to_owned();
    let blocks = Parser::new_ext(text, MARKDOWN).into_offset_iter();
    let diagrams = blocks.filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "mermaid" => {
            Some(range)
        }
        _ => None,
    });
    for range in diagrams.collect::<Vec<_>>().into_iter().rev() {
        let diagram = DOWN.replace(&text[range.clone()], "$1 LR");
        across.replace_range(range, &diagram);
    }
    across
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_diagrams_go_across() {
        let down = "```mermaid\n%% a note\nflowchart TD\n  a --> b\n```\n";
        let lying = down.replace("TD", "LR");
        for (text, expected) in [
            (format!("{down}\n{down}"), format!("{lying}\n{lying}")),
            // A sequence has no direction, and words behind it are words.
            (
                "```mermaid\nsequenceDiagram\n```\n\ngraph TD is how it is written\n".to_owned(),
                "```mermaid\nsequenceDiagram\n```\n\ngraph TD is how it is written\n".to_owned(),
            ),
            (
                format!("````markdown\n{down}````\n"),
                format!("````markdown\n{down}````\n"),
            ),
        ] {
            assert_eq!(across(&text), expected);
        }
    }
}
