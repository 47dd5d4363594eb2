//! A mistake in the book: shown with its place, in the terminal and in the page.

use std::fmt;
use std::path::PathBuf;

/// One mistake, one sentence, one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the project's root.
    pub file: PathBuf,
    /// The line, counted from 1; none when the file as a whole is meant.
    pub line: Option<usize>,
    /// What is wrong and, where it helps, what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The line of a place in a text, by its byte; counted from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes()[..at].iter();
    1 + before.filter(|&&byte| byte == b'\n').count()
}
