//! A chapter with marks, and without them.

use super::*;

const CHAPTER: &str = "# A\n\nBefore.\n\n<!-- slide: 90s cut=20,90 id=one -->\n\n## Two\n\n<!-- notes: Say *this*.\n\n\
    And that. -->\n\n<!-- slide-only: few\nwords -->\n\n<!-- step -->\n\n```rust\na\n```\n\nFor readers.\n\n\
    <!-- /slide -->\n\nAfter.\n";

#[test]
fn the_book_has_no_marks_and_every_line_where_it_was() {
    let left = without(CHAPTER);
    assert!(!left.contains("<!--") && !left.contains("Say") && !left.contains("words"));
    let line = |text: &str, words: &str| {
        let mut lines = text.lines();
        lines.position(|line| line.contains(words))
    };
    for words in ["## Two", "```rust", "For readers.", "After."] {
        assert!(line(&left, words).is_some());
        assert_eq!(line(&left, words), line(CHAPTER, words), "{words}");
    }
    let other = "# A\n\n<!-- a comment of another kind -->\n";
    assert_eq!(without(other), other);
}
