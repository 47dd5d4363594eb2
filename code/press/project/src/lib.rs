//! What there is: the project's folders, the parts of the book ([`Part`]), its programs and its chapters.
//!
//! All of it is read from the project itself, so that a program or a chapter is added by being there. Nothing here knows
//! what is done with them.

pub mod cargo;
pub mod catalog;
pub mod chapters;
pub mod exercises;
mod folders;
pub mod leftover;
mod part;
mod problem;
mod scratch;
pub mod suggest;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod words;

pub use self::catalog::Program;
pub use self::chapters::Chapter;
pub use self::folders::Project;
pub use self::part::Part;
pub use self::problem::{Problem, line_of};
pub use self::scratch::Scratch;
pub use self::text::read_text;
pub use self::words::count;
