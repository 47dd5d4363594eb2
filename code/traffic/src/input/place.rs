//! Where a line is.

use serde::{Deserialize, Serialize};

/// Where a line starts; places are ordered as the lines are.
///
/// An offset and not a line number, so that a step that starts in the middle of a file knows it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Which of the input's files, counted from 0.
    pub file: usize,
    /// The offset of the line's first byte; in what can be read only once, the number of lines before it.
    pub offset: u64,
}
