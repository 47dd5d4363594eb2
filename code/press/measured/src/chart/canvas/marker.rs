//! The marks of points: their shapes tell sets of data apart as well as their colours do.

use plotters::prelude::*;

use super::{At, DRAWN, Ink, Pen};

/// The radius of a round mark; the others look as large.
const RADIUS: i32 = 4;

impl Pen<'_> {
    /// A mark.
    pub fn marker(&self, shape: usize, at: At, ink: Ink) {
        match corners(shape, 1.0, at) {
            Some(corners) => {
                let mark = Polygon::new(corners, ink.colour().filled());
                self.area.draw(&mark).expect(DRAWN);
            }
            None => {
                let mark = Circle::new(at, RADIUS, ink.colour().filled());
                self.area.draw(&mark).expect(DRAWN);
            }
        }
    }

    /// The outline of a mark, so large that it is seen around the mark itself.
    pub fn hollow_marker(&self, shape: usize, at: At, ink: Ink) {
        match corners(shape, 1.6, at) {
            Some(mut corners) => {
                corners.extend(corners.first().copied());
                self.path(&corners, ink, 2);
            }
            None => {
                let mark = Circle::new(at, RADIUS + 2, ink.colour().stroke_width(2));
                self.area.draw(&mark).expect(DRAWN);
            }
        }
    }
}

/// The corners of a mark of such a size; none if it is round.
fn corners(shape: usize, size: f64, (x, y): At) -> Option<Vec<At>> {
    let corners: &[(f64, f64)] = match shape % 6 {
        0 => return None,
        1 => &[(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)],
        2 => &[(0.0, -5.0), (5.0, 4.0), (-5.0, 4.0)],
        3 => &[(0.0, -6.0), (6.0, 0.0), (0.0, 6.0), (-6.0, 0.0)],
        4 => &[(-5.0, -2.0), (5.0, -2.0), (5.0, 2.0), (-5.0, 2.0)],
        _ => &[(0.0, 5.0), (5.0, -4.0), (-5.0, -4.0)],
    };
    let place = |way: f64| (way * size).round() as i32;
    let corners = corners.iter();
    Some(
        corners
            .map(|&(dx, dy)| (x + place(dx), y + place(dy)))
            .collect(),
    )
}
