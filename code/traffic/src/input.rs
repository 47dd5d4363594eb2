//! The log, as lines.
//!
//! A file is read by any thread anywhere; what can only be read once (standard input, a pipe, a compressed
//! file) is read as it comes, by one reader from its beginning. A step that wants bytes at any place of those,
//! too, has them spooled to a temporary file first.

mod cut;
mod format;
mod handed;
mod lines;
mod log;
mod map;
mod misread;
mod open;
mod pipe;
mod place;
mod raw;
mod source;
mod spool;
#[cfg(test)]
mod tests;

pub use format::Format;
pub use handed::{OpenFile, Seen};
pub use lines::{Line, Lines};
pub use log::Input;
pub use map::{Chunk, ChunkLines, Mapped};
pub use misread::Misread;
pub use open::Spooling;
pub use place::Place;
pub use raw::LINE_BYTES_MAX;
