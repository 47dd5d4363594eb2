//! The worst habits of our prose are counted, and more than a few of them in a chapter are a problem.
//!
//! Each of them hides who acts ("somebody asks", "Who asks waits."), or says one thing with a word that most readers know
//! for another ("dear" for expensive). The notes of slides count, too, since they are spoken; code does not.

use std::sync::LazyLock;

use directives::scan::MARKDOWN;
use project::{Problem, count};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use regex::Regex;

use super::texts::Text;

/// How many a chapter may have: a title or a quotation now and then, and no habit.
const FEW: usize = 3;

/// Words that stand in the place of an actor, and the one that is mistaken for another.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:nobody|somebody|everybody|anybody|whoever|whomever|dear|dearer|dearest)\b",
    )
    .expect("a valid pattern")
});

/// A sentence that begins with "Who" and asks nothing. Its first group is the word.
static BARE_WHO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|\n\s*\n|[.!?:|]|\*\*)\s*(Who)\s[^.!?|]*[.!]").expect("a valid pattern")
});

/// What is told of a chapter with more than a few: the line of each.
pub fn check(text: &Text) -> Vec<Problem> {
    let prose = prose(&text.markdown);
    let mut found: Vec<_> = WORDS.find_iter(&prose).chain(bare_whos(&prose)).collect();
    found.sort_by_key(regex::Match::start);
    if found.len() <= FEW {
        return Vec::new();
    }
    let line = |found: &regex::Match| project::line_of(&text.markdown, found.start());
    let each = found
        .iter()
        .map(|one| format!("“{}” in line {}", one.as_str(), line(one)));
    let message = format!(
        "{} hide who acts or mislead, and a chapter may have {FEW}: {}",
        count(found.len(), "word"),
        each.collect::<Vec<_>>().join(", ")
    );
    vec![text.problem(found[0].start(), message)]
}

/// The words that begin a sentence and ask nothing. The end of one sentence is what stands before the next.
fn bare_whos(prose: &str) -> impl Iterator<Item = regex::Match<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let word = BARE_WHO.captures_at(prose, from)?.get(1)?;
        from = word.end();
        Some(word)
    })
}

/// The text and the comments of a chapter, each byte where it stands; code is blank, its edges are `|`.
fn prose(markdown: &str) -> String {
    let blank = |byte: u8| if byte == b'\n' { b'\n' } else { b' ' };
    let mut prose: Vec<u8> = markdown.bytes().map(blank).collect();
    let mut is_code = false;
    for (event, range) in Parser::new_ext(markdown, MARKDOWN).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::End(TagEnd::Heading(_)) => prose[range.end - 1] = b'|',
            Event::Start(Tag::TableCell | Tag::Item) | Event::Code(_)
                if prose[range.start] == b' ' =>
            {
                prose[range.start] = b'|';
            }
            Event::Text(_) | Event::Html(_) | Event::InlineHtml(_) if !is_code => {
                prose[range.clone()].copy_from_slice(&markdown.as_bytes()[range]);
            }
            _ => {}
        }
    }
    String::from_utf8(prose).expect("whole characters were copied")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::texts;

    fn messages(markdown: &str) -> Vec<String> {
        let problems = check(&texts::text("start/idea.md", markdown));
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_few_are_no_habit() {
        assert_eq!(
            messages("# A title\n\nNobody asks.\nEverybody waits, somebody acts.\n"),
            [""; 0]
        );
    }

    #[test]
    fn one_more_is_told_with_each_line() {
        let text = "# A title\n\nNobody asks.\nEverybody waits.\n\nWhoever acts is dear.\n";
        assert_eq!(
            messages(text),
            [
                "book/start/idea.md:3: 4 words hide who acts or mislead, and a chapter may have 3: “Nobody” in line 3, \
              “Everybody” in line 4, “Whoever” in line 6, “dear” in line 6"
            ]
        );
    }

    #[test]
    fn a_sentence_that_begins_with_who_is_one_unless_it_asks() {
        let tells = "Who waits, sleeps. **Who asks** is *told*.\n\n- Who has a lock owns it.\n\n| Who holds it. |\n|---|\n";
        assert_eq!(messages(tells).len(), 1, "{:?}", messages(tells));
        let asks = "Who waits? Who asks,\nand who tells? The thread who has it. Who\nis it? Who?\n\n## Who asks\n\nIt does.\n";
        assert_eq!(messages(asks), [""; 0]);
    }

    #[test]
    fn notes_count_and_code_does_not() {
        let text = "<!-- notes:\nNobody, nobody.\nSomebody, somebody.\n-->\n";
        assert_eq!(messages(text).len(), 1);
        let code =
            "```text\nnobody nobody somebody dear\n```\n\n`nobody` `nobody` `whoever` `dear`\n";
        assert_eq!(messages(code), [""; 0]);
    }
}
