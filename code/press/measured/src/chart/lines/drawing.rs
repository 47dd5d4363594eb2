//! Where lines, labels and axes go. On a wide page a line is named at its end; on a narrow one there
//! is no room for that, and the names stand above.

use plotters::style::text_anchor::HPos;

use super::super::canvas::{At, Ink, Pen, SMALL, Type, picture, width_of};
use super::super::medium::{Medium, SLIDE_HEIGHT};
use super::super::scale::{Scale, axis_name};
use super::data::{Line, Lines};
use super::frame::Frame;
use super::names;

/// The room above the drawing for the name of the measured axis.
const TOP: i32 = 34;
/// The room below it for the ticks and the name of the horizontal axis.
const BOTTOM: i32 = 48;
/// From one label to the next.
const LABEL_ROW: i32 = 18;
/// How tall the drawing itself is on a page, on a phone and on a slide.
const HEIGHTS: [i32; 3] = [280, 220, SLIDE_HEIGHT - TOP - BOTTOM];
/// A shorter whisker than this is behind its mark.
const WHISKER: i32 = 10;
/// About how many points of a dense line are marked.
const MARKS: usize = 6;

/// Draws the lines for a medium.
pub fn svg(lines: &Lines, medium: Medium) -> String {
    let frame = lines.frame(medium);
    let svg = picture(medium, frame.bottom + BOTTOM, |pen| {
        let names = if frame.legend {
            Vec::new()
        } else {
            names::place(&lines.lines, &frame)
        };
        lines.axes(pen, &frame);
        for name in &names {
            name.clear(pen);
        }
        for line in &lines.lines {
            pen.part(line.part, || lines.line(pen, &frame, line));
        }
        for name in &names {
            pen.part(name.part, || name.draw(pen));
        }
        if frame.legend {
            lines.legend(pen);
        }
    });
    let across = (frame.left, frame.right);
    frame.y.told_by(&svg, 'y', &lines.unit, across)
}

impl Lines {
    fn frame(&self, medium: Medium) -> Frame {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let low = points()
            .map(|point| point.low)
            .fold(f64::INFINITY, f64::min);
        let high = points().map(|point| point.high).fold(0.0, f64::max);
        let first = points().map(|point| point.x).fold(f64::INFINITY, f64::min);
        let last = points()
            .map(|point| point.x)
            .fold(f64::NEG_INFINITY, f64::max);
        let legend = medium == Medium::Phone;
        let (top, height) = match medium {
            Medium::Page => (TOP, HEIGHTS[0]),
            Medium::Phone => (TOP + LABEL_ROW * self.lines.len() as i32 + 8, HEIGHTS[1]),
            Medium::Slide => (TOP, HEIGHTS[2]),
        };
        let bottom = top + height;
        let y = Scale::around((low, high), self.log, &self.unit, (bottom, top));
        let marks = y.marks(&self.unit);
        let marks = marks.iter().map(|(_, text)| width_of(text, SMALL));
        let left = marks.max().unwrap_or(0) + 10;
        let names = self.lines.iter().map(names::width);
        let last_tick = self
            .x_ticks
            .last()
            .map_or(0, |(_, text)| width_of(text, SMALL) / 2);
        let beside = if legend {
            8
        } else {
            names.max().unwrap_or(0) + 20
        };
        let right = medium.width() - beside.max(last_tick);
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
        for (value, text) in frame.y.marks(&self.unit) {
            let y = frame.y.place(value);
            pen.path(&[(frame.left, y), (frame.right, y)], Ink::Grid, 1);
            let at = (frame.left - 8, y);
            pen.text(&text, at, Type::small(HPos::Right));
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

    fn line(&self, pen: &Pen<'_>, frame: &Frame, line: &Line) {
        let ink = line.ink();
        let place = |x, y| (frame.x.place(x), frame.y.place(y));
        let points = frame.points(line);
        line.stroke(pen, &points);
        for point in &line.points {
            let (low, high) = (place(point.x, point.low), place(point.x, point.high));
            if low.1 - high.1 > WHISKER {
                pen.whisker(low, high, ink);
            }
        }
        let every = if self.dense {
            points.len().div_ceil(MARKS).max(1)
        } else {
            1
        };
        // Lines are marked at different places, for their shapes to be seen where they run together.
        let skipped = if self.dense {
            line.shape * every / 3 % every
        } else {
            0
        };
        for &point in points.iter().skip(skipped).step_by(every) {
            line.mark(pen, point);
        }
    }

    fn legend(&self, pen: &Pen<'_>) {
        for (at, line) in self.lines.iter().enumerate() {
            let y = TOP + LABEL_ROW * at as i32;
            line.stroke(pen, &[(0, y), (24, y)]);
            line.mark(pen, (12, y));
            pen.text(&line.label, (32, y), Type::label());
        }
    }
}

impl Line {
    /// The reader's line is dashed.
    fn stroke(&self, pen: &Pen<'_>, points: &[At]) {
        if self.own {
            pen.dashed(points, self.ink(), 2);
        } else {
            pen.path(points, self.ink(), 2);
        }
    }

    /// And its marks are hollow, and so large that they are seen around one of the book's.
    fn mark(&self, pen: &Pen<'_>, at: At) {
        if self.own {
            pen.hollow_marker(self.shape, at, self.ink());
        } else {
            pen.marker(self.shape, at, self.ink());
        }
    }
}
