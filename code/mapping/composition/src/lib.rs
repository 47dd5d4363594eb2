//! Five parts and no framework.
//!
//! - [`counts`]: what may be asked of a count, and three things that answer: a map behind a lock, a map with an
//!   owner, and many of either
//! - [`shape`]: the program around it, which does not know which of them it has
//! - [`mistakes`]: nine programs that Rust refuses, each for a reason that clusters know; they are in
//!   `refused/`
//! - [`unseen`]: three mistakes that no compiler sees
//!
//! The twin in Go is `code/go/composition`. It prints the same, to the letter.

pub mod counts;
pub mod mistakes;
pub mod report;
pub mod shape;
pub mod unseen;
pub mod words;
