//! Where bars, labels and values go. On a narrow page a label stands above its bar.

use std::ops::RangeInclusive;

use plotters::style::text_anchor::HPos;
use results::Summary;

use super::super::canvas::{Ink, LABEL, Pen, SMALL, Type, picture, width_of};
use super::super::medium::Medium;
use super::super::scale::Scale;
use super::data::{Bar, Bars};
use super::reference::Line;

use crate::number;

/// The room above the first row for the axis' name.
const TOP: i32 = 34;
/// How thick a bar is on a page.
const BAR: i32 = 20;
/// From the end of a bar's row to the next row.
const AFTER: i32 = 16;
/// The grid ends so far above the end of the last row, but not above the end of its bar.
const UNDER_GRID: i32 = 8;
/// From one row to the next on a slide, at least and at most.
const SLIDE_ROWS: RangeInclusive<i32> = 17..=44;
/// How thick the reader's bar is.
const OWN_BAR: i32 = 10;
/// Between a bar and the reader's.
const OWN_GAP: i32 = 4;
/// The room for a label above its bar.
const STACKED_LABEL: i32 = 22;
/// The room for the ticks.
const BOTTOM: i32 = 26;
/// Where a logarithmic axis begins at the latest, as a part of the smallest value.
const SHORTEST: f64 = 1.25;
/// A shorter whisker than this is a blot.
const WHISKER: i32 = 4;
/// From the line across the bars to a text beside it.
const LINE_GAP: i32 = 6;
/// How strong the bars are that are not this chapter's.
const FAINT: f64 = 0.45;

/// The measures of one drawing.
struct Layout {
    /// Left end of the bars.
    left: i32,
    /// The top of the first row.
    top: i32,
    /// From one row to the next.
    row: i32,
    /// How thick a bar is.
    bar: i32,
    /// From the top of a row to the top of its bar.
    bar_top: i32,
    /// From the top of a row to the middle of its label.
    label: i32,
    scale: Scale,
    /// The line across the bars.
    reference: Option<Line>,
}

/// Draws the bars for a medium.
pub fn svg(bars: &Bars, medium: Medium) -> String {
    let layout = bars.layout(medium);
    let width = medium.width();
    let under_grid = UNDER_GRID.min(layout.row - layout.bar);
    let bottom = layout.top + layout.row * bars.bars.len() as i32 - under_grid;
    let tops = || (layout.top..).step_by(layout.row as usize);
    let rows = || tops().zip(&bars.bars);
    let svg = picture(medium, bottom + BOTTOM, |pen| {
        bars.grid(pen, &layout, bottom);
        for (top, bar) in rows() {
            pen.part(bar.part, || bars.fill(pen, &layout, top, bar));
        }
        bars.outline_of_hope(pen, &layout);
        if let Some(line) = &layout.reference {
            line.draw(pen, (layout.top - line.height(), bottom), width);
        }
        for (top, bar) in rows() {
            pen.part(bar.part, || {
                bars.texts(pen, &layout, top, bar);
                bars.own_bar(pen, &layout, top, bar);
            });
        }
    });
    let across = (layout.top - 8, bottom);
    layout.scale.told_by(&svg, 'x', &bars.unit, across)
}

impl Bars {
    fn layout(&self, medium: Medium) -> Layout {
        let stacked = medium == Medium::Phone;
        let width = medium.width();
        let labels = self.bars.iter().map(|bar| width_of(&bar.label, LABEL));
        let values = self.bars.iter().map(|bar| {
            let own = bar
                .own
                .map_or(0, |own| width_of(&self.own_value(&own), SMALL));
            let book = bar.book.map(|book| width_of(&self.value(&book), LABEL));
            book.unwrap_or(0).max(own)
        });
        let left = if stacked {
            0
        } else {
            (labels.max().unwrap_or(0) + 16).min(width * 2 / 5)
        };
        let right = width - values.max().unwrap_or(0) - 18;
        let with_own = self
            .bars
            .iter()
            .any(|bar| bar.book.is_some() && bar.own.is_some());
        let own = if with_own { OWN_GAP + OWN_BAR } else { 0 };
        let scale = self.scale(left, right);
        let reference = self.reference.as_ref().and_then(|bar| {
            let book = bar.book?;
            let written = self.value(&book);
            Some(Line::new(&bar.label, &written, book.median, &scale, width))
        });
        let top = TOP + reference.as_ref().map_or(0, Line::height);
        let on_page = BAR + own + AFTER;
        let row = medium.row(on_page, self.bars.len(), top + BOTTOM, SLIDE_ROWS);
        // What the rows of a slide are higher or lower than those of a page, bars and gaps share.
        let bar = BAR + (row - on_page) / 2;
        let (bar_top, label, row) = if stacked {
            (
                STACKED_LABEL,
                STACKED_LABEL / 2 - 1,
                row + STACKED_LABEL + 2,
            )
        } else {
            (0, bar / 2, row)
        };
        Layout {
            left,
            top,
            row,
            bar,
            bar_top,
            label,
            scale,
            reference,
        }
    }

    fn scale(&self, left: i32, right: i32) -> Scale {
        let all = || {
            let bars = self.bars.iter().flat_map(|bar| [bar.book, bar.own]);
            // Of the line's case the median is drawn and nothing else.
            let line = self.reference.as_ref().and_then(|bar| bar.book);
            let at = |value| Summary {
                median: value,
                low: value,
                high: value,
            };
            let line = line.map(|book| at(book.median));
            let hoped = self.hoped.as_ref().map(|hoped| at(hoped.value));
            bars.flatten().chain(line).chain(hoped)
        };
        let low = all().map(|summary| summary.low);
        let high = all().map(|summary| summary.high);
        let low = low.fold(f64::INFINITY, f64::min);
        let high = high.fold(0.0, f64::max);
        // A logarithmic axis has no zero: the smallest value shall have a bar of some length, too.
        let low = if self.log { low / SHORTEST } else { low };
        Scale::around((low, high), self.log, &self.unit, (left, right))
    }

    fn value(&self, summary: &Summary) -> String {
        let (value, unit) = number::split(summary.median, &self.unit);
        // The axis says the unit, unless the values have units that fit each of them.
        let summaries = self.bars.iter().flat_map(|bar| [bar.book, bar.own]);
        let mut units = summaries
            .flatten()
            .map(|summary| number::split(summary.median, &self.unit).1);
        let is_same = units.all(|unit| unit == self.unit);
        let unit = if is_same { "" } else { &unit };
        number::join(&value, unit)
    }

    fn own_value(&self, summary: &Summary) -> String {
        format!("{} yours", self.value(summary))
    }

    fn grid(&self, pen: &Pen<'_>, layout: &Layout, bottom: i32) {
        pen.text(&self.axis, (layout.left, 12), Type::small(HPos::Left));
        let mut free_from = i32::MIN;
        for (value, text) in layout.scale.marks(&self.unit) {
            let x = layout.scale.place(value);
            pen.path(&[(x, layout.top - 8), (x, bottom)], Ink::Grid, 1);
            let half = width_of(&text, SMALL) / 2;
            if x - half < free_from {
                continue;
            }
            // The first tick must not reach across the edge of the drawing.
            let (align, end) = match x < half {
                true => (HPos::Left, x + 2 * half),
                false => (HPos::Center, x + half),
            };
            pen.text(&text, (x, bottom + 14), Type::small(align));
            free_from = end + 10;
        }
    }

    fn fill(&self, pen: &Pen<'_>, layout: &Layout, top: i32, bar: &Bar) {
        let Some(book) = &bar.book else {
            return;
        };
        let anyone_current = self.bars.iter().any(|bar| bar.current);
        let top = top + layout.bar_top;
        let Layout { left, scale, .. } = layout;
        let end = scale.place(book.median);
        if bar.branch {
            pen.fill((*left, top), (end, top + layout.bar), Ink::Ground, 1.0);
            let (from, to) = ((left + 1, top + 1), (end - 1, top + layout.bar - 1));
            pen.outline(from, to, Ink::Data(0));
        } else if bar.current || !anyone_current {
            pen.fill((*left, top), (end, top + layout.bar), Ink::Data(0), 1.0);
        } else {
            // The grid must not shine through.
            pen.fill((*left, top), (end, top + layout.bar), Ink::Ground, 1.0);
            pen.fill((*left, top), (end, top + layout.bar), Ink::Data(0), FAINT);
        }
    }

    /// An outline where a bar was hoped to end, and what is missing in the middle of what is missing.
    fn outline_of_hope(&self, pen: &Pen<'_>, layout: &Layout) {
        let found = self.hoped.as_ref().and_then(|hoped| {
            let bar = self.bars.get(hoped.at)?;
            Some((hoped, bar, bar.book?))
        });
        let Some((hoped, bar, book)) = found else {
            return;
        };
        let top = layout.top + layout.row * hoped.at as i32 + layout.bar_top;
        let (from, to) = (
            layout.scale.place(book.median),
            layout.scale.place(hoped.value),
        );
        let bottom = top + layout.bar;
        let corners = [(from, top), (to, top), (to, bottom), (from, bottom)];
        pen.part(bar.part, || {
            pen.dashed(&corners, Ink::Own, 2);
            let middle = ((from + to) / 2, top + layout.bar / 2);
            let set = Type {
                ink: Ink::Own,
                bold: true,
                align: HPos::Center,
                ..Type::label()
            };
            pen.text(&hoped.name, middle, set);
        });
    }

    fn texts(&self, pen: &Pen<'_>, layout: &Layout, top: i32, bar: &Bar) {
        let set = Type {
            bold: bar.current,
            ..Type::label()
        };
        pen.text(&bar.label, (0, top + layout.label), set);
        let middle = top + layout.bar_top + layout.bar / 2;
        if let Some(book) = &bar.book {
            let value = self.value(book);
            let from = layout.whisker(pen, book, middle) + 8;
            let from = layout.beside_line(from, width_of(&value, LABEL));
            pen.patched_text(&value, (from, middle), set);
        }
    }

    /// The reader's bar: below the book's, or where that would be if there is none.
    fn own_bar(&self, pen: &Pen<'_>, layout: &Layout, top: i32, bar: &Bar) {
        let Some(own) = &bar.own else {
            return;
        };
        let (top, thick) = match bar.book {
            Some(_) => (top + layout.bar_top + layout.bar + OWN_GAP, OWN_BAR),
            None => (top + layout.bar_top, layout.bar),
        };
        let middle = top + thick / 2;
        let mut end = layout.scale.place(own.median);
        pen.outline((layout.left + 1, top), (end, top + thick), Ink::Own);
        if bar.book.is_none() {
            end = layout.whisker(pen, own, middle);
        }
        let value = self.own_value(own);
        let from = layout.beside_line(end + 8, width_of(&value, SMALL));
        pen.patched_text(&value, (from, middle), Type::small(HPos::Left));
    }
}

impl Layout {
    /// Where a text of some width begins that would begin there: behind the line across the bars, if that would go through it.
    /// There is room for it: the line is no farther than the longest bar, which has room for its own.
    fn beside_line(&self, from: i32, width: i32) -> i32 {
        match self.reference.as_ref().map(Line::x) {
            Some(x) if (from - LINE_GAP..=from + width + LINE_GAP).contains(&x) => x + LINE_GAP,
            _ => from,
        }
    }

    /// Draws a spread if there is room for it, and says where bar and spread end.
    fn whisker(&self, pen: &Pen<'_>, summary: &Summary, middle: i32) -> i32 {
        let ends = [summary.low, summary.median, summary.high];
        let [low, end, high] = ends.map(|value| self.scale.place(value));
        if high - low >= WHISKER {
            // It ends within the bar and must be seen there, too.
            pen.halo((low, middle), (high, middle));
            pen.whisker((low, middle), (high, middle), Ink::Text);
        }
        end.max(high)
    }
}
