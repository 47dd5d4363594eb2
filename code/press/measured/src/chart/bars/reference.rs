//! The line across all bars, named at its upper end.

use plotters::style::text_anchor::HPos;

use super::super::canvas::{Ink, Pen, SMALL, Type, width_of, wrapped};
use super::super::scale::Scale;

/// From one row of the name to the next.
const ROW: i32 = 16;

/// The line with its name, which may need several rows.
pub struct Line {
    rows: Vec<String>,
    x: i32,
}

impl Line {
    /// A line at a value of the scale.
    pub fn new(name: &str, written: &str, value: f64, scale: &Scale, width: i32) -> Line {
        Line {
            rows: wrapped(&format!("{name}: {written}"), SMALL, width),
            x: scale.place(value),
        }
    }

    /// Where it goes down.
    pub fn x(&self) -> i32 {
        self.x
    }

    /// How much room the name needs above the bars.
    pub fn height(&self) -> i32 {
        ROW * self.rows.len() as i32 + 8
    }

    /// Draws the name from `top` on, and from there the line down to `bottom`.
    pub fn draw(&self, pen: &Pen<'_>, (top, bottom): (i32, i32), width: i32) {
        let wide = self.rows.iter().map(|row| width_of(row, SMALL)).max();
        let half = wide.unwrap_or(0) / 2;
        // Above the line, but within the drawing.
        let centre = self.x.min(width - half).max(half);
        for (at, row) in self.rows.iter().enumerate() {
            let y = top + ROW * at as i32 + ROW / 2;
            let set = Type {
                ink: Ink::Text,
                ..Type::small(HPos::Center)
            };
            pen.text(row, (centre, y), set);
        }
        // On a strip of the page, or it would be lost on a strong bar.
        let from = top + self.height() - 9;
        pen.path(&[(self.x, from), (self.x, bottom)], Ink::Ground, 3);
        pen.dashed(&[(self.x, from), (self.x, bottom)], Ink::Text, 1);
    }
}
