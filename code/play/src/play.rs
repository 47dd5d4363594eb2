//! What a play is: a model in two versions, and what a reader is told.

use crate::graph::Graph;
use crate::version::Version;

/// A model in its two versions, and what a reader is told about it.
pub struct Play {
    /// As chapters and the command line name it: `lost-update`.
    pub name: &'static str,
    /// As a heading.
    pub title: &'static str,
    /// What the reader is here, and what to try: a sentence or two.
    pub task: &'static str,
    /// What the repair is: a sentence.
    pub repair: &'static str,
    /// The same in a few words: “Now try it with one lock around both steps.”
    pub cure: &'static str,
    /// What the second version is, where no repair keeps the promise.
    pub instead: Option<Instead>,
    /// The version in which a promise can be broken.
    pub(crate) broken: fn() -> Box<dyn Version>,
    /// The one in which none can.
    pub(crate) repaired: fn() -> Box<dyn Version>,
}

/// A second version that keeps another promise than the one that is broken in the first.
pub struct Instead {
    /// What it is called: “Another promise”.
    pub name: &'static str,
    /// What the reader is to try there: a sentence or two.
    pub task: &'static str,
}

impl Play {
    /// Explores the version in which the promise can be broken.
    pub fn broken(&self) -> Graph {
        (self.broken)().explored()
    }

    /// Explores the version in which it cannot.
    pub fn repaired(&self) -> Graph {
        (self.repaired)().explored()
    }
}
