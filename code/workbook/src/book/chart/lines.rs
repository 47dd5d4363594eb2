//! What curves, series and distributions have in common: points joined by lines, each line named at
//! its end, told apart by the shape of its points as well as by its colour.

use plotters::style::text_anchor::HPos;

use super::super::number;
use super::canvas::{Ink, LABEL, Pen, SMALL, Type, picture, width_of};
use super::scale::{Scale, tick};
use super::{Picture, Table, WIDE};

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
    /// Whether each point is marked; long series are not.
    pub marked: bool,
}

/// One line.
pub struct Line {
    /// What it is called.
    pub label: String,
    /// Its points from left to right.
    pub points: Vec<Point>,
    /// Whether the reader measured it.
    pub own: bool,
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

/// The room above the drawing for the name of the measured axis.
const TOP: i32 = 34;
/// The room below it for the ticks and the name of the horizontal axis.
const BOTTOM: i32 = 48;
/// From one label to the next.
const LABEL_ROW: i32 = 18;

/// The frame of one drawing.
struct Frame {
    x: Scale,
    y: Scale,
    left: i32,
    right: i32,
    bottom: i32,
    /// The names of the lines stand above the drawing and not at their ends.
    legend: bool,
}

impl Lines {
    fn frame(&self, width: u32) -> Frame {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let low = points()
            .map(|point| point.low)
            .fold(f64::INFINITY, f64::min);
        let high = points().map(|point| point.high).fold(0.0, f64::max);
        let (first, last) = points().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), p| {
            (a.min(p.x), b.max(p.x))
        });
        let legend = width < WIDE;
        let legend_height = if legend {
            LABEL_ROW * self.lines.len() as i32 + 8
        } else {
            0
        };
        let top = TOP + legend_height;
        let bottom = top + if legend { 220 } else { 280 };
        let y = Scale::around(low, high, self.log, (bottom, top));
        let ticks = y
            .ticks()
            .into_iter()
            .map(|value| width_of(&tick(value, &self.unit), SMALL));
        let left = ticks.max().unwrap_or(0) + 10;
        let names = self
            .lines
            .iter()
            .map(|line| width_of(&line.label, LABEL))
            .max()
            .unwrap_or(0);
        let right = width as i32 - if legend { 12 } else { names + 20 };
        // The first point keeps clear of the tick labels.
        let x = Scale::exact(first, last, self.x_log, (left + 12, right));
        Frame {
            x,
            y,
            left,
            right,
            bottom,
            legend,
        }
    }

    fn axes(&self, pen: &Pen<'_>, frame: &Frame) {
        pen.text(&self.y_label, (0, 12), Type::small(HPos::Left));
        for value in frame.y.ticks() {
            let y = frame.y.place(value);
            pen.path(&[(frame.left, y), (frame.right, y)], Ink::Grid, 1);
            pen.text(
                &tick(value, &self.unit),
                (frame.left - 8, y),
                Type::small(HPos::Right),
            );
        }
        let mut free_from = i32::MIN;
        for (value, text) in &self.x_ticks {
            let x = frame.x.place(*value);
            let half = width_of(text, SMALL) / 2;
            if x - half < free_from {
                continue;
            }
            pen.path(&[(x, frame.bottom), (x, frame.bottom + 5)], Ink::Muted, 1);
            pen.text(text, (x, frame.bottom + 16), Type::small(HPos::Center));
            free_from = x + half + 8;
        }
        pen.text(
            &self.x_label,
            (frame.right, frame.bottom + 36),
            Type::small(HPos::Right),
        );
    }

    fn line(&self, pen: &Pen<'_>, frame: &Frame, at: usize, line: &Line) {
        let ink = ink(at, line);
        let place = |x, y| (frame.x.place(x), frame.y.place(y));
        let points: Vec<_> = line
            .points
            .iter()
            .map(|point| place(point.x, point.y))
            .collect();
        pen.path(&points, ink, 2);
        for point in line.points.iter().filter(|point| point.high > point.low) {
            pen.whisker(place(point.x, point.low), place(point.x, point.high), ink);
        }
        for &point in points.iter().filter(|_| self.marked) {
            pen.marker(at, point, ink);
        }
    }

    fn names(&self, pen: &Pen<'_>, frame: &Frame) {
        if frame.legend {
            for (at, line) in self.lines.iter().enumerate() {
                let y = TOP + LABEL_ROW * at as i32;
                pen.path(&[(0, y), (20, y)], ink(at, line), 2);
                pen.marker(at, (10, y), ink(at, line));
                pen.text(&line.label, (28, y), Type::label());
            }
            return;
        }
        let ends = self
            .lines
            .iter()
            .map(|line| line.points.last().map_or(0, |p| frame.y.place(p.y)));
        for (at, y) in spread(&ends.collect::<Vec<_>>(), frame.bottom)
            .into_iter()
            .enumerate()
        {
            let line = &self.lines[at];
            let set = Type {
                ink: ink(at, line),
                bold: true,
                ..Type::label()
            };
            let end = line
                .points
                .last()
                .map_or(frame.right, |point| frame.x.place(point.x));
            pen.text(&line.label, (end + 12, y), set);
        }
    }
}

fn ink(at: usize, line: &Line) -> Ink {
    if line.own { Ink::Own } else { Ink::Data(at) }
}

/// Moves labels apart that would cover each other, as little as needed.
fn spread(wanted: &[i32], bottom: i32) -> Vec<i32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&at| wanted[at]);
    let mut places = wanted.to_vec();
    for pair in order.windows(2) {
        places[pair[1]] = places[pair[1]].max(places[pair[0]] + LABEL_ROW);
    }
    // Those that were pushed out at the bottom push back.
    let mut limit = bottom;
    for &at in order.iter().rev() {
        places[at] = places[at].min(limit);
        limit = places[at] - LABEL_ROW;
    }
    places
}

impl Picture for Lines {
    fn svg(&self, width: u32) -> String {
        let frame = self.frame(width);
        picture(width, (frame.bottom + BOTTOM) as u32, |pen| {
            self.axes(pen, &frame);
            for (at, line) in self.lines.iter().enumerate() {
                self.line(pen, &frame, at, line);
            }
            self.names(pen, &frame);
        })
    }

    fn table(&self) -> Table {
        let mut head = vec![String::new(), self.x_label.clone(), "median".into()];
        let spread = self
            .lines
            .iter()
            .flat_map(|line| &line.points)
            .any(|p| p.high > p.low);
        if spread {
            head.extend(["10th percentile".into(), "90th percentile".into()]);
        }
        let mut rows = Vec::new();
        for line in &self.lines {
            for point in &line.points {
                let named = self.x_ticks.iter().find(|(value, _)| *value == point.x);
                let x =
                    named.map_or_else(|| number::significant(point.x), |(_, name)| name.clone());
                let mut row = vec![line.label.clone(), x, number::quantity(point.y, &self.unit)];
                if spread {
                    row.extend([point.low, point.high].map(|y| number::quantity(y, &self.unit)));
                }
                rows.push(row);
            }
        }
        Table { head, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_apart_and_stay_in_the_drawing() {
        assert_eq!(spread(&[100, 104, 200], 300), [100, 118, 200]);
        assert_eq!(spread(&[300, 299], 300), [300, 282]);
    }
}
