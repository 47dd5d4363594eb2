//! Drawing with plotters, in the colours of the page.
//!
//! plotters knows colours as red, green and blue. We draw with colours that stand for a CSS variable
//! and put the variables in their place afterwards, so that a chart follows the page's theme. The
//! same pass drops what the page says better: the font, the fixed size, full opacity.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The colours of a chart, by what they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Text that matters.
    Text,
    /// Text that helps.
    Muted,
    /// Lines to read by.
    Grid,
    /// The page.
    Ground,
    /// A set of data, counted from 0.
    Data(usize),
    /// The reader's own measurements.
    Own,
}

/// The colours for data that the page defines.
const DATA_COLOURS: usize = 6;

impl Ink {
    fn index(self) -> u8 {
        match self {
            Ink::Text => 1,
            Ink::Muted => 2,
            Ink::Grid => 3,
            Ink::Ground => 4,
            Ink::Own => 5,
            Ink::Data(at) => 16 + (at % DATA_COLOURS) as u8,
        }
    }

    fn colour(self) -> RGBColor {
        RGBColor(1, 1, self.index())
    }

    fn variable(self) -> String {
        match self {
            Ink::Text => "--chart-ink".into(),
            Ink::Muted => "--chart-muted".into(),
            Ink::Grid => "--chart-grid".into(),
            Ink::Ground => "--chart-ground".into(),
            Ink::Own => "--chart-own".into(),
            Ink::Data(at) => format!("--chart-{}", at % DATA_COLOURS + 1),
        }
    }
}

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

/// Draws a picture of the given size and gives its SVG, on one line.
pub fn picture(width: u32, height: u32, draw: impl FnOnce(&Pen<'_>)) -> String {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
    let pen = Pen { area };
    draw(&pen);
    drop(pen);
    themed(&svg, width, height)
}

/// A string takes everything that is drawn on it.
const DRAWN: &str = "drawing into a string does not fail";

impl Pen<'_> {
    /// A text, vertically centred on its place.
    pub fn text(&self, text: &str, at: (i32, i32), set: Type) {
        // plotters divides sizes by this before it writes them.
        let font = ("inherit", set.size * 1.24).into_font();
        let font = if set.bold {
            font.style(FontStyle::Bold)
        } else {
            font
        };
        let colour = set.ink.colour();
        let style = TextStyle::from(font)
            .color(&colour)
            .pos(Pos::new(set.align, VPos::Center));
        // Centring by half an x-height sits a little high for digits and capitals.
        let at = (at.0, at.1 + 1);
        self.area
            .draw(&Text::new(text.to_owned(), at, style))
            .expect(DRAWN);
    }

    /// A line through all points.
    pub fn path(&self, points: &[(i32, i32)], ink: Ink, width: u32) {
        let style = ink.colour().stroke_width(width);
        self.area
            .draw(&PathElement::new(points.to_vec(), style))
            .expect(DRAWN);
    }

    /// A filled rectangle of the given opacity.
    pub fn fill(&self, from: (i32, i32), to: (i32, i32), ink: Ink, opacity: f64) {
        let style = ink.colour().mix(opacity).filled();
        self.area
            .draw(&Rectangle::new([from, to], style))
            .expect(DRAWN);
    }

    /// The outline of a rectangle.
    pub fn outline(&self, from: (i32, i32), to: (i32, i32), ink: Ink) {
        let corners = [from, (to.0, from.1), to, (from.0, to.1), from];
        self.path(&corners, ink, 2);
    }

    /// A whisker from one place to another, with a cap at either end.
    pub fn whisker(&self, from: (i32, i32), to: (i32, i32), ink: Ink) {
        self.path(&[from, to], ink, 1);
        let upright = from.0 == to.0;
        for (x, y) in [from, to] {
            let cap = if upright {
                [(x - 3, y), (x + 3, y)]
            } else {
                [(x, y - 4), (x, y + 4)]
            };
            self.path(&cap, ink, 1);
        }
    }

    /// The mark of a point: its shape tells sets of data apart as well as its colour does.
    pub fn marker(&self, shape: usize, (x, y): (i32, i32), ink: Ink) {
        let polygon = |points: &[(i32, i32)]| {
            let points: Vec<_> = points.iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
            self.area
                .draw(&Polygon::new(points, ink.colour().filled()))
                .expect(DRAWN);
        };
        match shape % 6 {
            0 => self
                .area
                .draw(&Circle::new((x, y), 4, ink.colour().filled()))
                .expect(DRAWN),
            1 => polygon(&[(-4, -4), (4, -4), (4, 4), (-4, 4)]),
            2 => polygon(&[(0, -5), (5, 4), (-5, 4)]),
            3 => polygon(&[(0, -6), (6, 0), (0, 6), (-6, 0)]),
            4 => {
                self.area
                    .draw(&Circle::new((x, y), 4, Ink::Ground.colour().filled()))
                    .expect(DRAWN);
                self.area
                    .draw(&Circle::new((x, y), 4, ink.colour().stroke_width(2)))
                    .expect(DRAWN);
            }
            _ => polygon(&[(0, 5), (5, -4), (-5, -4)]),
        }
    }
}

/// About how wide a text is; the reader's font is not known, so rather too wide.
pub fn width_of(text: &str, size: f64) -> i32 {
    let ems: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '\u{a0}' | '/' => 0.32,
            'm' | 'w' | 'M' | 'W' | '%' => 0.9,
            'A'..='Z' => 0.68,
            _ => 0.58,
        })
        .sum();
    (ems * size).ceil() as i32
}

/// The page's colours, font and size in the place of fixed ones, all on one line.
fn themed(svg: &str, width: u32, height: u32) -> String {
    let mut themed: String = svg.lines().map(str::trim).collect();
    let size = format!(r#"<svg width="{width}" height="{height}" "#);
    themed = themed.replacen(&size, "<svg ", 1);
    for waste in [
        r#" xmlns="http://www.w3.org/2000/svg""#,
        r#" font-family="inherit""#,
        r#" opacity="1""#,
    ] {
        themed = themed.replace(waste, "");
    }
    let data = (0..DATA_COLOURS).map(Ink::Data);
    for ink in [Ink::Text, Ink::Muted, Ink::Grid, Ink::Ground, Ink::Own]
        .into_iter()
        .chain(data)
    {
        let fixed = format!("\"#0101{:02X}\"", ink.index());
        themed = themed.replace(&fixed, &format!("\"var({})\"", ink.variable()));
    }
    themed
}
