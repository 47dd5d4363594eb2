//! A piece of a slide or of its notes.

/// A stretch of Markdown, and the line of the chapter that it begins in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The line, counted from 1.
    pub line: usize,
    /// The Markdown.
    pub text: String,
}

impl Piece {
    /// A text that begins in this line.
    pub fn new(line: usize, text: impl Into<String>) -> Piece {
        let text = text.into();
        Piece { line, text }
    }
}
