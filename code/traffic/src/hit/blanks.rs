//! Words, and the blanks between them.

use memchr::memchr2;

pub(super) fn ends_a_word(rest: &[u8]) -> bool {
    rest.is_empty() || starts_with_blank(rest)
}

pub(super) fn starts_with_blank(text: &[u8]) -> bool {
    matches!(text, [b' ' | b'\t', ..])
}

/// The text from its first byte that is no blank on. Nearly always there is one blank.
pub(super) fn skip_blanks(text: &[u8]) -> &[u8] {
    match text {
        [b' ', rest @ ..] if !starts_with_blank(rest) => rest,
        _ => {
            let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
            &text[text.iter().take_while(is_blank).count()..]
        }
    }
}

/// The first word and what follows it, beginning with a blank; all of the text if it has none.
pub(super) fn split_word(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(memchr2(b' ', b'\t', text).unwrap_or(text.len()))
}
