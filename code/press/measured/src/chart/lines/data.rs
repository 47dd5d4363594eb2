//! What a chart of lines shows.

use super::super::canvas::Ink;

/// A chart of lines.
pub struct Lines {
    /// The lines in the order of their colours.
    pub lines: Vec<Line>,
    /// The unit of the measured axis.
    pub unit: String,
    /// What stands along the measured axis.
    pub y_label: String,
    /// What stands along the horizontal axis.
    pub x_label: String,
    /// Whether the measured axis is logarithmic.
    pub log: bool,
    /// Whether the horizontal axis is logarithmic.
    pub x_log: bool,
    /// The places that are named on the horizontal axis.
    pub x_ticks: Vec<(f64, String)>,
    /// Whether the points are so many that only some are marked.
    pub dense: bool,
}

/// One line.
pub struct Line {
    /// What it is called.
    pub label: String,
    /// Its points from left to right.
    pub points: Vec<Point>,
    /// Whether the reader measured it.
    pub own: bool,
    /// Which mark and colour it has; a line of the reader's has the mark of the book's.
    pub shape: usize,
    /// The part of the drawing that it belongs to: a line of the reader's comes with the book's.
    pub part: usize,
}

impl Line {
    /// A line of the book's.
    pub fn new(label: String, points: Vec<Point>) -> Line {
        Line {
            label,
            points,
            own: false,
            shape: 0,
            part: 0,
        }
    }

    /// Its colour.
    pub fn ink(&self) -> Ink {
        if self.own {
            Ink::Own
        } else {
            Ink::Data(self.shape)
        }
    }
}

/// One point with its spread.
#[derive(Clone, Copy)]
pub struct Point {
    /// The place on the horizontal axis.
    pub x: f64,
    /// The measured value.
    pub y: f64,
    /// The lower end of its spread.
    pub low: f64,
    /// The upper end of its spread.
    pub high: f64,
}
