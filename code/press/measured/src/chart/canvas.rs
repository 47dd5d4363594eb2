//! Drawing with plotters: text, lines, bars, whiskers and the marks of points.

mod ink;
mod marker;
mod measure;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

pub use self::ink::Ink;
pub use self::measure::{width_of, wrapped};
use super::medium::Medium;

/// How a text is set.
#[derive(Clone, Copy)]
pub struct Type {
    /// Its colour.
    pub ink: Ink,
    /// Its size in the drawing's units.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Which of its ends is at the given place.
    pub align: HPos,
}

/// The size of labels.
pub const LABEL: f64 = 14.0;
/// The size of what helps to read: ticks, axis names.
pub const SMALL: f64 = 12.0;

impl Type {
    /// A label in the main colour that begins at its place.
    pub fn label() -> Type {
        Type {
            ink: Ink::Text,
            size: LABEL,
            bold: false,
            align: HPos::Left,
        }
    }

    /// A small muted text.
    pub fn small(align: HPos) -> Type {
        Type {
            ink: Ink::Muted,
            size: SMALL,
            bold: false,
            align,
        }
    }
}

/// The pen that draws one picture.
pub struct Pen<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Draws a picture for a medium, of this height, and gives its SVG, on one line and in the page's colours.
pub fn picture(medium: Medium, height: i32, draw: impl FnOnce(&Pen<'_>)) -> String {
    let (width, height) = (medium.width() as u32, height as u32);
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
    let pen = Pen { area };
    draw(&pen);
    drop(pen);
    ink::themed(&svg, width, height)
}

/// A string takes everything that is drawn on it.
const DRAWN: &str = "drawing into a string does not fail";

/// How long a dash is.
const DASH: f64 = 5.0;
/// From a dash to the next.
const GAP: f64 = 4.0;

/// A place in the drawing.
pub type At = (i32, i32);

impl Pen<'_> {
    /// A text, vertically centred on its place.
    pub fn text(&self, text: &str, at: At, set: Type) {
        // plotters divides sizes by this before it writes them.
        let font = ("inherit", set.size * 1.24).into_font();
        let font = if set.bold {
            font.style(FontStyle::Bold)
        } else {
            font
        };
        let colour = set.ink.colour();
        let place = Pos::new(set.align, VPos::Center);
        let style = TextStyle::from(font).color(&colour).pos(place);
        // Centring by half an x-height sits a little high for digits and capitals.
        let at = (at.0, at.1 + 1);
        let text = Text::new(text.to_owned(), at, style);
        self.area.draw(&text).expect(DRAWN);
    }

    /// A text that begins at its place and lies on a patch of the page, so that no line of the grid
    /// runs through it.
    pub fn patched_text(&self, text: &str, at: At, set: Type) {
        let half = (set.size * 0.6) as i32;
        let end = at.0 + width_of(text, set.size);
        self.fill(
            (at.0 - 2, at.1 - half),
            (end, at.1 + half),
            Ink::Ground,
            1.0,
        );
        self.text(text, at, set);
    }

    /// Draws a part of the picture's data: of the same number is all that is of the same bar or line. Slides show the
    /// parts one after the other (`data-part`).
    pub fn part(&self, part: usize, draw: impl FnOnce()) {
        // plotters has no groups: two texts that nobody can write stand for the ends of one.
        let mark = |text: String| self.text(&text, (0, 0), Type::small(HPos::Left));
        mark(format!("{}{part}", ink::PART));
        draw();
        mark(ink::PART_END.to_string());
    }

    /// A line through all points.
    pub fn path(&self, points: &[At], ink: Ink, width: u32) {
        let style = ink.colour().stroke_width(width);
        let path = PathElement::new(points.to_vec(), style);
        self.area.draw(&path).expect(DRAWN);
    }

    /// A dashed line through all points.
    pub fn dashed(&self, points: &[At], ink: Ink, width: u32) {
        // How far we are into a dash and the gap behind it.
        let mut into = 0.0;
        for ends in points.windows(2) {
            let [from, to] = [ends[0], ends[1]].map(|(x, y)| (f64::from(x), f64::from(y)));
            let length = (to.0 - from.0).hypot(to.1 - from.1);
            let at = |way: f64| {
                let share = way.clamp(0.0, length) / length.max(1.0);
                let between = |a: f64, b: f64| (a + (b - a) * share).round() as i32;
                (between(from.0, to.0), between(from.1, to.1))
            };
            let mut start = -into;
            while start < length {
                if start + DASH > 0.0 {
                    self.path(&[at(start), at(start + DASH)], ink, width);
                }
                start += DASH + GAP;
            }
            into = length - (start - DASH - GAP);
        }
    }

    /// A filled rectangle of the given opacity.
    pub fn fill(&self, from: At, to: At, ink: Ink, opacity: f64) {
        let style = ink.colour().mix(opacity).filled();
        self.area
            .draw(&Rectangle::new([from, to], style))
            .expect(DRAWN);
    }

    /// The outline of a rectangle.
    pub fn outline(&self, from: At, to: At, ink: Ink) {
        let corners = [from, (to.0, from.1), to, (from.0, to.1), from];
        self.path(&corners, ink, 2);
    }

    /// A whisker from one place to another, with a cap at either end.
    pub fn whisker(&self, from: At, to: At, ink: Ink) {
        self.path(&[from, to], ink, 1);
        let upright = from.0 == to.0 && from.1 != to.1;
        for (x, y) in [from, to] {
            let cap = if upright {
                [(x - 3, y), (x + 3, y)]
            } else {
                [(x, y - 4), (x, y + 4)]
            };
            self.path(&cap, ink, 1);
        }
    }

    /// A strip of the page under a level whisker.
    pub fn halo(&self, from: At, to: At) {
        self.fill(
            (from.0 - 1, from.1 - 5),
            (from.0 + 2, from.1 + 5),
            Ink::Ground,
            1.0,
        );
        self.fill((from.0, from.1 - 1), (to.0 + 1, to.1 + 2), Ink::Ground, 1.0);
        self.fill((to.0 - 1, to.1 - 5), (to.0 + 2, to.1 + 5), Ink::Ground, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_groups_and_leave_no_marks() {
        let svg = picture(Medium::Phone, 20, |pen| {
            pen.part(3, || pen.fill((0, 0), (5, 5), Ink::Own, 1.0));
            pen.text("after", (0, 9), Type::label());
        });
        assert!(svg.contains("<g data-part=\"3\"><rect "), "{svg}");
        assert!(svg.contains("/></g><text "), "{svg}");
        assert_eq!(svg.matches("<text").count(), 1, "{svg}");
        assert!(!svg.contains(ink::PART) && !svg.contains(ink::PART_END));
    }
}
