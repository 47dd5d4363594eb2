//! Whether code has the lines that `lines=1-3|5,7` lights. That is known only when the slide is rendered: mostly the
//! code is included from a file.

use std::sync::LazyLock;

use directives::scan::MARKDOWN;
use project::Problem;
use project::line_of;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use regex::Regex;

use super::piece::Piece;
use super::render::Shown;
use super::slide::Slide;
use super::{groups, tags};

/// A block of code with groups of lines, as it is written.
struct Written {
    line: usize,
    groups: String,
}

/// What is wrong with the groups of lines of a slide.
pub fn check(slide: &Slide, shown: &Shown) -> Vec<Problem> {
    let mut rendered = rendered(&shown.slide).into_iter().peekable();
    let blocks = slide.pieces.iter().flat_map(written);
    let problems = blocks.filter_map(|written| {
        // What is nothing like a group was left alone by the renderer.
        let block = rendered.next_if(|(groups, _)| *groups == written.groups);
        let message = match (groups::of_lines(&written.groups), block) {
            (Err(message), _) => Some(message),
            (Ok(groups), Some((_, lines))) => groups::misfit_of_lines(&groups, lines),
            (Ok(_), None) => None,
        };
        Some(Problem {
            file: slide.file.clone(),
            line: Some(written.line),
            message: message?,
        })
    });
    problems.collect()
}

/// The blocks of a piece that have groups of lines.
fn written(piece: &Piece) -> Vec<Written> {
    static LINES: LazyLock<Regex> = LazyLock::new(|| {
        // What begins with a letter behind a comma is a word of mdBook's: `lines=1|2,noplayground`.
        Regex::new(r"(?:^|[\s,])lines=([^\s,]*(?:,[^\sa-z,][^\s,]*)*)").expect("a valid pattern")
    });
    let blocks = Parser::new_ext(&piece.text, MARKDOWN).into_offset_iter();
    let blocks = blocks.filter_map(|(event, range)| {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else {
            return None;
        };
        Some(Written {
            line: piece.line - 1 + line_of(&piece.text, range.start),
            groups: LINES.captures(&info)?[1].to_owned(),
        })
    });
    blocks.collect()
}

/// The groups of each rendered block that has some, and the number of its lines.
fn rendered(html: &str) -> Vec<(String, usize)> {
    let blocks = tags::TAG.find_iter(html).filter_map(|tag| {
        let groups = tags::attribute(tag.as_str(), "data-line-numbers")?;
        let code = html[tag.end()..].split("</code>").next()?;
        let text = tags::TAG.replace_all(code, "");
        Some((groups.to_owned(), text.lines().count()))
    });
    blocks.collect()
}

#[cfg(test)]
mod tests {
    use super::super::steps;
    use super::*;

    /// What is told of a slide with this code, which has three lines.
    fn told(infos: &[&str]) -> Vec<String> {
        let block = |info: &&str| format!("```rust {info}\na\nb\nc\n```\n");
        let class = |info: &&str| {
            let class = format!("language-rust {}", info.replace(',', " "));
            format!("<pre><code class=\"{class}\"><b>a\n</b>b\n<i>c\n</i></code></pre>")
        };
        let slide = Slide {
            file: "book/a.md".into(),
            pieces: vec![Piece::new(10, infos.iter().map(block).collect::<String>())],
            ..Slide::default()
        };
        let shown = Shown {
            slide: steps::number(&infos.iter().map(class).collect::<String>()).0,
            ..Shown::default()
        };
        let problems = check(&slide, &shown);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lines_that_the_code_has_not_are_told() {
        let sound = ["lines=1-2|3", "", "lines=3", "lines=1,3|2,noplayground"];
        assert_eq!(told(&sound), [""; 0]);
        let not = |line, text| {
            format!("book/a.md:{line}: `lines=` takes groups of lines, `1-3|5,7`, not `{text}`")
        };
        assert_eq!(
            told(&[
                "lines=3-1",
                "lines=1|4",
                "lines=1-|",
                "lines=x",
                "lines=1|2-5"
            ]),
            [
                not(10, "3-1"),
                "book/a.md:15: the code has 3 lines, and no line 4".to_owned(),
                not(20, "1-|"),
                not(25, "x"),
                "book/a.md:30: the code has 3 lines, and no line 4".to_owned(),
            ]
        );
    }
}
