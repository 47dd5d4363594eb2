//! How much a slide holds: words, lines of code, and whether its notes are speech.

mod code;
mod words;

pub use self::code::code;
pub use self::words::{has_points, spoken, words};
