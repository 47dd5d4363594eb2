//! What is said on the terminal: problems, errors and notes; in colour only where people look.

mod progress;
mod style;

use std::io::{IsTerminal, Write};

use anyhow::Context;
pub use indicatif::ProgressBar;
use project::Problem;

pub use self::progress::{counting, measuring, working};
pub use self::style::{Style, styled};

const RED: &str = "\x1b[1;31m";
const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";

/// One mistake of the book, on standard error: `book/x.md:12: …`.
pub fn problem(problem: &Problem) {
    let text = problem.to_string();
    let place = text.len() - problem.message.len();
    let (place, message) = text.split_at(place);
    line(&[(BOLD, place), ("", message)]);
}

/// Why something could not be done: one sentence, causes after colons.
pub fn error(error: &anyhow::Error) {
    line(&[(RED, "error: "), ("", &format!("{error:#}"))]);
}

/// What is going on.
pub fn note(text: &str) {
    line(&[("", text)]);
}

/// What a command was asked to print. A reader who has seen enough (`| head`) ends it quietly.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn out(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(()),
    }
}

fn line(parts: &[(&str, &str)]) {
    let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut text = String::new();
    for &(colour, part) in parts {
        let part = printable(part);
        if coloured && !colour.is_empty() {
            text.extend([colour, &part, PLAIN]);
        } else {
            text.push_str(&part);
        }
    }
    text.push('\n');
    // Nothing to be done when standard error is gone.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// A text in which names of files and what a reader has typed cannot change the terminal.
pub fn printable(text: &str) -> String {
    let is_harmless = |char: char| !char.is_control() || ['\n', '\t'].contains(&char);
    text.chars()
        .map(|char| if is_harmless(char) { char } else { '·' })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_changes_the_terminal() {
        let text = super::printable("\u{1b}[2Jbook/über uns.md\r:\u{9b}1:\n\ta");
        assert_eq!(text, "·[2Jbook/über uns.md·:·1:\n\ta");
    }
}
