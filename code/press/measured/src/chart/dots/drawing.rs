//! Where dots, names and values go. On a narrow page names and values stand above their dots.

use std::ops::RangeInclusive;

use plotters::style::text_anchor::HPos;
use results::Summary;

use super::super::canvas::{Ink, LABEL, Pen, SMALL, Type, picture, width_of};
use super::super::medium::Medium;
use super::super::scale::Scale;
use super::data::{Dot, Dots, Row};
use crate::number;

/// The room above the first row for what the columns are called.
const TOP: i32 = 30;
/// The room below the last row for the ticks and the axis' name.
const BOTTOM: i32 = 46;
/// From one row to the next, wide and narrow.
const ROWS: (i32, i32) = (34, 52);
/// From one row to the next on a slide, at least and at most.
const SLIDE_ROWS: RangeInclusive<i32> = 22..=44;
/// From the top of a narrow row to its dots.
const STACKED_MIDDLE: i32 = 34;
/// From the top of a narrow row to its name and values.
const STACKED_LABEL: i32 = 12;
/// How far the grid reaches up and down from the dots of a narrow row: not through its texts.
const BAND: i32 = 14;
/// From one set's dots to the next, up and down, for those that would lie upon each other.
const APART: i32 = 10;
/// Between two columns.
const GAP: i32 = 16;
/// Room for half a dot and its ring at both ends of the axis.
const MARGIN: i32 = 10;
/// A shorter whisker than this is behind its dot.
const WHISKER: i32 = 12;
/// How far a configured value's mark reaches up and down.
const GIVEN: i32 = 10;

/// The measures of one drawing.
struct Layout {
    /// Names and values stand above the dots.
    stacked: bool,
    row: i32,
    middle: i32,
    /// From the top of a row to its name and values.
    label: i32,
    left: i32,
    right: i32,
    columns: Vec<Column>,
    scale: Scale,
    /// The lower end of the axis.
    bottom: i32,
}

/// The values of one set, the book's or the reader's.
struct Column {
    set: usize,
    own: bool,
    name: String,
    right: i32,
}

/// Draws the dots for a medium.
pub fn svg(dots: &Dots, medium: Medium) -> String {
    let layout = dots.layout(medium);
    let svg = picture(medium, layout.bottom + BOTTOM, |pen| {
        dots.grid(pen, &layout);
        dots.head(pen, &layout);
        for (at, row) in dots.rows.iter().enumerate() {
            let top = TOP + layout.row * at as i32;
            pen.part(at, || {
                pen.text(&row.label, (0, top + layout.label), Type::label());
                dots.values(pen, &layout, top + layout.label, row);
                layout.draw(pen, top + layout.middle, row);
            });
        }
    });
    let across = (TOP - 4, layout.bottom);
    layout.scale.told_by(&svg, 'x', &dots.unit, across)
}

impl Dots {
    fn layout(&self, medium: Medium) -> Layout {
        let stacked = medium == Medium::Phone;
        let width = medium.width();
        let columns = self.columns(width);
        let (row, middle, label) = if stacked {
            (ROWS.1, STACKED_MIDDLE, STACKED_LABEL)
        } else {
            let row = medium.row(ROWS.0, self.rows.len(), TOP + BOTTOM, SLIDE_ROWS);
            (row, row / 2, row / 2)
        };
        let (left, right) = if stacked {
            (MARGIN, width - MARGIN)
        } else {
            let labels = self.rows.iter().map(|row| width_of(&row.label, LABEL));
            let values = columns.first().map_or(width, |column| {
                column.right - self.width(column.set, column.own)
            });
            let left = labels.max().unwrap_or(0) + GAP + MARGIN;
            (left.min(width * 2 / 5), values - GAP - MARGIN)
        };
        Layout {
            stacked,
            row,
            middle,
            label,
            left,
            right,
            columns,
            scale: self.scale((left, right)),
            bottom: TOP + row * self.rows.len() as i32,
        }
    }

    /// The columns of values from left to right, the last at the right end.
    fn columns(&self, width: i32) -> Vec<Column> {
        let sets = self.rows.first().map_or(0, |row| row.dots.len());
        let kinds = [Some(false), self.with_own().then_some(true)];
        let mut columns = Vec::new();
        let mut right = width;
        for own in kinds.into_iter().flatten().rev() {
            for set in (0..sets).rev() {
                columns.push(Column {
                    set,
                    own,
                    name: self.name(set, own),
                    right,
                });
                right -= self.width(set, own) + GAP;
            }
        }
        columns.reverse();
        columns
    }

    fn name(&self, set: usize, own: bool) -> String {
        let name = self.sets.get(set).map_or("", String::as_str);
        match (name, own) {
            (name, false) => name.to_owned(),
            ("", true) => "yours".to_owned(),
            (name, true) => format!("{name}, yours"),
        }
    }

    /// How wide a column is.
    fn width(&self, set: usize, own: bool) -> i32 {
        let texts = self.rows.iter().map(|row| self.value(&row.dots[set], own));
        let widest = texts.map(|text| width_of(&text, LABEL)).max();
        // Before its name there is its mark.
        let head = width_of(&self.name(set, own), SMALL) + 14;
        widest.unwrap_or(0).max(head)
    }

    fn value(&self, dot: &Dot, own: bool) -> String {
        let summary = if own { dot.own } else { Some(dot.book) };
        let quantity = |summary: Summary| number::quantity(summary.median, &self.unit);
        summary.map_or_else(|| "–".to_owned(), quantity)
    }

    fn scale(&self, places: (i32, i32)) -> Scale {
        let dots = || self.rows.iter().flat_map(|row| &row.dots);
        let summaries = || dots().flat_map(|dot| [Some(dot.book), dot.own]).flatten();
        let given = || self.rows.iter().flat_map(|row| &row.given);
        let low = summaries().map(|summary| summary.low);
        let high = summaries().map(|summary| summary.high);
        let low = low.chain(given().map(|given| given.value));
        let high = high.chain(given().map(|given| given.value));
        let range = (low.fold(f64::INFINITY, f64::min), high.fold(0.0, f64::max));
        if self.log {
            Scale::between(range, places)
        } else {
            Scale::around(range, false, &self.unit, places)
        }
    }

    fn grid(&self, pen: &Pen<'_>, layout: &Layout) {
        let marks = layout.scale.marks(&self.unit);
        let every = legible(&marks, &layout.scale);
        for (value, text) in &marks {
            let x = layout.scale.place(*value);
            let power = value.log10().round() as i32;
            // A thousand times is another unit: ns, µs, ms.
            let strong = self.log && power.rem_euclid(3) == 0;
            for (from, to) in layout.bands(self.rows.len()) {
                pen.path(&[(x, from), (x, to)], Ink::Grid, 1 + u32::from(strong));
            }
            if !self.log || power.rem_euclid(every) == 0 {
                let at = (x, layout.bottom + 14);
                pen.text(text, at, Type::small(HPos::Center));
            }
        }
        let at = (layout.right + MARGIN, layout.bottom + 36);
        pen.text(&self.axis, at, Type::small(HPos::Right));
    }

    /// What the columns are called, each beside its mark.
    fn head(&self, pen: &Pen<'_>, layout: &Layout) {
        let named = layout
            .columns
            .iter()
            .filter(|column| !column.name.is_empty());
        for column in named {
            pen.text(&column.name, (column.right, 12), Type::small(HPos::Right));
            let x = column.right - width_of(&column.name, SMALL) - 8;
            mark(pen, column.set, column.own, (x, 12));
        }
    }

    fn values(&self, pen: &Pen<'_>, layout: &Layout, middle: i32, row: &Row) {
        for column in &layout.columns {
            let text = self.value(&row.dots[column.set], column.own);
            let set = Type {
                align: HPos::Right,
                ..Type::label()
            };
            pen.text(&text, (column.right, middle), set);
        }
    }
}

impl Layout {
    /// From where to where the lines of the grid go.
    fn bands(&self, rows: usize) -> Vec<(i32, i32)> {
        if !self.stacked {
            return vec![(TOP - 4, self.bottom)];
        }
        let middles = (0..rows as i32).map(|at| TOP + self.row * at + self.middle);
        middles.map(|y| (y - BAND, y + BAND)).collect()
    }

    /// Draws the line that leads from a row's name to its dots, and these.
    fn draw(&self, pen: &Pen<'_>, middle: i32, row: &Row) {
        let line = [(self.left - MARGIN, middle), (self.right + MARGIN, middle)];
        pen.path(&line, Ink::Grid, 1);
        if let Some(given) = &row.given {
            let x = self.scale.place(given.value);
            pen.dashed(&[(x, middle - GIVEN), (x, middle + GIVEN)], Ink::Text, 2);
            let from = x - 8 - width_of(&given.text, SMALL);
            pen.patched_text(&given.text, (from, middle), Type::small(HPos::Left));
        }
        let top = middle - APART * (row.dots.len() as i32 - 1) / 2;
        for (set, dot) in row.dots.iter().enumerate() {
            let y = top + APART * set as i32;
            let place = |value| (self.scale.place(value), y);
            let (low, high) = (place(dot.book.low), place(dot.book.high));
            if high.0 - low.0 >= WHISKER {
                pen.whisker(low, high, Ink::Data(set));
            }
            mark(pen, set, false, place(dot.book.median));
            if let Some(own) = dot.own {
                mark(pen, set, true, place(own.median));
            }
        }
    }
}

/// The mark of a set: round, square, three-cornered. The reader's are hollow, and around the book's.
fn mark(pen: &Pen<'_>, set: usize, own: bool, at: (i32, i32)) {
    if own {
        pen.hollow_marker(set, at, Ink::Own);
    } else {
        pen.marker(set, at, Ink::Data(set));
    }
}

/// Of how many decades one is labelled, for the labels not to touch: each, or each third, which have
/// another unit.
fn legible(marks: &[(f64, String)], scale: &Scale) -> i32 {
    let fits = marks.windows(2).all(|two| {
        let distance = scale.place(two[1].0) - scale.place(two[0].0);
        let room = (width_of(&two[0].1, SMALL) + width_of(&two[1].1, SMALL)) / 2;
        room + 8 <= distance
    });
    if fits { 1 } else { 3 }
}
