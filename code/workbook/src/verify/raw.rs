//! Markdown in a paragraph of HTML stays as it is typed: a reader would see the stars.

use std::sync::LazyLock;

use directives::scan::MARKDOWN;
use project::Problem;
use pulldown_cmark::{Event, Parser};
use regex::Regex;

use super::texts::Text;

/// How a paragraph of HTML begins; it ends at a blank line.
const PARAGRAPH: &str = "<p";

/// Emphasis, code and links as Markdown has them.
static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\*\*|`|\]\(|(?:^|[\s(])[*_]\w").expect("a valid pattern"));

/// What stands between the angles of HTML, and the arguments of directives, which are replaced.
static NO_TEXT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<[^>]*>|\{\{[^}]*\}\}").expect("a valid pattern"));

/// The Markdown of a chapter that no reader would see as such.
pub fn check(text: &Text) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut is_inside = false;
    for (event, range) in Parser::new_ext(&text.markdown, MARKDOWN).into_offset_iter() {
        // An HTML block comes line by line.
        let Event::Html(line) = event else {
            is_inside = false;
            continue;
        };
        is_inside |= line.starts_with(PARAGRAPH);
        let blank = |found: &regex::Captures| " ".repeat(found[0].len());
        let plain = NO_TEXT.replace_all(&line, blank);
        if let Some(mark) = MARK.find(&plain).filter(|_| is_inside) {
            let message = format!(
                "`{}` is Markdown in a paragraph of HTML, which shows it as it is: use tags",
                mark.as_str().trim().replace('`', "'")
            );
            problems.push(text.problem(range.start + mark.start(), message));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::texts;

    fn messages(markdown: &str) -> Vec<String> {
        let problems = check(&texts::text("a.md", markdown));
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn markdown_in_an_opening_is_told_with_its_line() {
        for (text, mark) in [
            ("it is **fast**", "**"),
            ("it is *fast*", "*f"),
            ("the `map`", "'"),
            ("see [this](b.md)", "]("),
        ] {
            let chapter = format!("# A\n\n<p class=\"lede\">We say:\n{text}.</p>\n\nA *word*.\n");
            let told = messages(&chapter);
            assert_eq!(told.len(), 1, "{text}: {told:?}");
            assert!(
                told[0].starts_with(&format!("book/a.md:4: `{mark}` is Markdown")),
                "{told:?}"
            );
        }
    }

    #[test]
    fn html_and_directives_and_other_blocks_are_well() {
        for text in [
            "<p class=\"lede\">It is <em>fast</em>, {{#given 5 *s*}}, 2 * 3, snake_case.</p>\n",
            "<!-- notes: It is *fast*. -->\n",
            "<div class=\"fine-print\">\n\n**The fine print.** `map`\n\n</div>\n",
            "A **word**, `code`.\n",
        ] {
            assert_eq!(messages(text), [""; 0], "{text}");
        }
    }
}
