//! Where lines, labels and axes go. On a wide page a line is named at its end; on a narrow one there
//! is no room for that, and the names stand above.

use plotters::style::text_anchor::HPos;

use super::super::WIDE;
use super::super::canvas::{Ink, LABEL, Pen, SMALL, Type, picture, width_of};
use super::super::scale::{Scale, axis_name, tick};
use super::{Line, Lines};

/// The room above the drawing for the name of the measured axis.
const TOP: i32 = 34;
/// The room below it for the ticks and the name of the horizontal axis.
const BOTTOM: i32 = 48;
/// From one label to the next.
const LABEL_ROW: i32 = 18;
/// How tall the drawing itself is, wide and narrow.
const HEIGHTS: (i32, i32) = (280, 220);
/// About how many points of a dense line are marked.
const MARKS: usize = 6;

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

/// Draws the lines so wide.
pub fn svg(lines: &Lines, width: u32) -> String {
    let frame = lines.frame(width);
    picture(width, (frame.bottom + BOTTOM) as u32, |pen| {
        lines.axes(pen, &frame);
        for (at, line) in lines.lines.iter().enumerate() {
            lines.line(pen, &frame, at, line);
        }
        if frame.legend {
            lines.legend(pen);
        } else {
            lines.names(pen, &frame);
        }
    })
}

impl Lines {
    fn frame(&self, width: u32) -> Frame {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let low = points()
            .map(|point| point.low)
            .fold(f64::INFINITY, f64::min);
        let high = points().map(|point| point.high).fold(0.0, f64::max);
        let first = points().map(|point| point.x).fold(f64::INFINITY, f64::min);
        let last = points()
            .map(|point| point.x)
            .fold(f64::NEG_INFINITY, f64::max);
        let legend = width < WIDE;
        let (top, height) = if legend {
            (TOP + LABEL_ROW * self.lines.len() as i32 + 8, HEIGHTS.1)
        } else {
            (TOP, HEIGHTS.0)
        };
        let bottom = top + height;
        let y = Scale::around((low, high), self.log, &self.unit, (bottom, top));
        let ticks = y.ticks().iter();
        let ticks = ticks.map(|&value| width_of(&tick(value, &self.unit), SMALL));
        let left = ticks.max().unwrap_or(0) + 10;
        let names = self.lines.iter().map(|line| width_of(&line.label, LABEL));
        let last_tick = self
            .x_ticks
            .last()
            .map_or(0, |(_, text)| width_of(text, SMALL) / 2);
        let beside = if legend {
            8
        } else {
            names.max().unwrap_or(0) + 20
        };
        let right = width as i32 - beside.max(last_tick);
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
        let name = axis_name(&self.y_label, self.log);
        pen.text(&name, (0, 12), Type::small(HPos::Left));
        for &value in frame.y.ticks() {
            let y = frame.y.place(value);
            pen.path(&[(frame.left, y), (frame.right, y)], Ink::Grid, 1);
            let at = (frame.left - 8, y);
            pen.text(&tick(value, &self.unit), at, Type::small(HPos::Right));
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
        let at = (frame.right, frame.bottom + 36);
        pen.text(&self.x_label, at, Type::small(HPos::Right));
    }

    fn line(&self, pen: &Pen<'_>, frame: &Frame, at: usize, line: &Line) {
        let ink = ink(at, line);
        let place = |x, y| (frame.x.place(x), frame.y.place(y));
        let points = line.points.iter().map(|point| place(point.x, point.y));
        let points: Vec<_> = points.collect();
        pen.path(&points, ink, 2);
        for point in line.points.iter().filter(|point| point.high > point.low) {
            pen.whisker(place(point.x, point.low), place(point.x, point.high), ink);
        }
        let every = if self.dense {
            points.len().div_ceil(MARKS).max(1)
        } else {
            1
        };
        // Lines are marked at different places, for their shapes to be seen where they run together.
        let skipped = if self.dense {
            at * every / 3 % every
        } else {
            0
        };
        for &point in points.iter().skip(skipped).step_by(every) {
            pen.marker(at, point, ink);
        }
    }

    fn legend(&self, pen: &Pen<'_>) {
        for (at, line) in self.lines.iter().enumerate() {
            let y = TOP + LABEL_ROW * at as i32;
            pen.path(&[(0, y), (20, y)], ink(at, line), 2);
            pen.marker(at, (10, y), ink(at, line));
            pen.text(&line.label, (28, y), Type::label());
        }
    }

    fn names(&self, pen: &Pen<'_>, frame: &Frame) {
        let end = |line: &Line| {
            line.points
                .last()
                .map(|p| (frame.x.place(p.x), frame.y.place(p.y)))
        };
        let ends: Vec<(i32, i32)> = self.lines.iter().filter_map(end).collect();
        let heights: Vec<i32> = ends.iter().map(|(_, y)| *y).collect();
        for (at, y) in spread(&heights, frame.bottom).into_iter().enumerate() {
            let line = &self.lines[at];
            let set = Type {
                ink: ink(at, line),
                bold: true,
                ..Type::label()
            };
            pen.text(&line.label, (ends[at].0 + 12, y), set);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_apart_and_stay_in_the_drawing() {
        assert_eq!(spread(&[100, 104, 200], 300), [100, 118, 200]);
        assert_eq!(spread(&[300, 299], 300), [300, 282]);
    }
}
