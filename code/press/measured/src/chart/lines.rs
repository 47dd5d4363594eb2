//! What curves, series and distributions have in common: points joined by lines, each line named at
//! its end, told apart by the shape of its points as well as by its colour.

mod data;
mod drawing;
mod frame;
mod names;

pub use self::data::{Line, Lines, Point};
use super::medium::Medium;
use super::picture::{Picture, Table};
use crate::number;

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
