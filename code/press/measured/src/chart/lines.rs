//! What curves, series and distributions have in common: points joined by lines, each line named at
//! its end, told apart by the shape of its points as well as by its colour.

mod drawing;
mod names;

use super::medium::Medium;
use super::{Picture, Table};
use crate::number;

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
    own: bool,
    /// Which mark and colour it has; a line of the reader's has the mark of the book's.
    shape: usize,
    /// The part of the drawing that it belongs to: a line of the reader's comes with the book's.
    part: usize,
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
}

/// The book's lines and then the reader's, each of which says so.
pub fn with_own(mut lines: Vec<Line>, own: Vec<Line>) -> Vec<Line> {
    for (at, line) in lines.iter_mut().enumerate() {
        line.shape = at;
        line.part = at;
    }
    for line in own {
        let kin = lines.iter().find(|book| book.label == line.label);
        let (shape, part) = kin.map_or((lines.len(), 0), |book| (book.shape, book.part));
        lines.push(Line {
            label: format!("{}, yours", line.label),
            own: true,
            shape,
            part,
            ..line
        });
    }
    lines
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

impl Picture for Lines {
    fn svg(&self, medium: Medium) -> String {
        drawing::svg(self, medium)
    }

    fn table(&self) -> Table {
        let mut head = vec![String::new(), self.x_label.clone(), "median".into()];
        let all = || self.lines.iter().flat_map(|line| &line.points);
        let with_spread = all().any(|point| point.high > point.low);
        if with_spread {
            head.extend(["10th percentile".into(), "90th percentile".into()]);
        }
        let quantity = |y| number::quantity(y, &self.unit);
        let mut rows = Vec::new();
        for line in &self.lines {
            for point in &line.points {
                let mut row = vec![line.label.clone(), self.x_name(point.x), quantity(point.y)];
                if with_spread {
                    row.extend([point.low, point.high].map(quantity));
                }
                rows.push(row);
            }
        }
        Table { head, rows }
    }
}

impl Lines {
    fn x_name(&self, x: f64) -> String {
        let named = self.x_ticks.iter().find(|(value, _)| *value == x);
        named.map_or_else(|| number::significant(x), |(_, name)| name.clone())
    }
}
