//! What a chart of bars shows.

use results::Summary;

/// The chart's data.
pub struct Bars {
    /// From above to below.
    pub bars: Vec<Bar>,
    /// What all bars are measured against.
    pub reference: Option<Bar>,
    /// Whether the axis is logarithmic.
    pub log: bool,
    /// The unit of all values.
    pub unit: String,
    /// What stands along the axis.
    pub axis: String,
}

/// One bar, and the reader's beside it.
pub struct Bar {
    /// What it is called.
    pub label: String,
    /// The step of the chapter that the chart stands in, among others.
    pub current: bool,
    /// A step that no later one stands on.
    pub branch: bool,
    /// The book's; none if only the reader has measured it.
    pub book: Option<Summary>,
    /// How many samples that is of.
    pub samples: usize,
    /// The reader's.
    pub own: Option<Summary>,
    /// The part of the drawing that it belongs to: bars of forks come with that of their step.
    pub part: usize,
}

impl Bars {
    /// The bars and the line across them.
    pub fn shown(&self) -> impl Iterator<Item = &Bar> {
        self.bars.iter().chain(&self.reference)
    }
}
