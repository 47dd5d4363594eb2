//! What a flame graph shows.

use super::stacks::Frame;
use crate::number;

/// The graph's data.
pub struct Flame {
    /// All samples.
    pub root: Frame,
    /// The crates that are the book's.
    pub ours: Vec<String>,
}

impl Flame {
    /// A number of samples as a share of all.
    pub fn share(&self, samples: u64) -> String {
        let share = samples as f64 / self.root.samples as f64;
        number::quantity(share, "share")
    }
}
