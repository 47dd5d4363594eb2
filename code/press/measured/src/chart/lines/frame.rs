//! The frame that lines and their names are drawn in.

use super::super::canvas::At;
use super::super::scale::Scale;
use super::data::{Line, Point};

/// The frame of one drawing.
pub struct Frame {
    /// The horizontal axis.
    pub x: Scale,
    /// The measured axis.
    pub y: Scale,
    /// Where the horizontal axis begins.
    pub left: i32,
    /// Where it ends.
    pub right: i32,
    /// The lower end of the measured axis.
    pub bottom: i32,
    /// The names of the lines stand above the drawing and not at their ends.
    pub legend: bool,
}

impl Frame {
    /// Where the points of a line are in the drawing.
    pub fn points(&self, line: &Line) -> Vec<At> {
        let points = line.points.iter();
        let place = |point: &Point| (self.x.place(point.x), self.y.place(point.y));
        points.map(place).collect()
    }
}
