//! What may be shown to a person: logs and file names hold what strangers chose.

use std::fmt::Arguments;
use std::io::{self, Write};

/// Tells something on standard error, one sentence a line.
///
/// Where standard error cannot be written (a full disk, a closed pipe) it is lost, and the report is not:
/// `eprintln!` would panic there.
pub(super) fn tell(sentence: Arguments) {
    let line = format!("{}\n", printable(&sentence.to_string()));
    let _ = io::stderr().write_all(line.as_bytes());
}

/// The text with every character escaped that would do something to a terminal instead of being shown.
pub(super) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_control() || turns_text_around(char) {
            out.extend(char.escape_unicode());
        } else {
            out.push(char);
        }
    }
    out
}

/// Whether it changes the direction of what stands behind it, so that a name shows as another one
/// ([Trojan Source](https://trojansource.codes)), or breaks the line.
fn turns_text_around(char: char) -> bool {
    matches!(
        char,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_do_something_is_shown_instead() {
        for (text, shown) in [
            ("/a b/ü", "/a b/ü"),
            ("/\x1b[2J", "/\\u{1b}[2J"),
            ("/\u{9b}2J", "/\\u{9b}2J"),
            ("/a\r\n\0", "/a\\u{d}\\u{a}\\u{0}"),
            ("/\u{202e}gpj.exe", "/\\u{202e}gpj.exe"),
        ] {
            assert_eq!(printable(text), shown);
        }
    }
}
