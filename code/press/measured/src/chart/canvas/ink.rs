//! The colours of the page in a drawing.
//!
//! plotters knows colours as red, green and blue. We draw with colours that stand for a CSS variable
//! and put the variables in their place afterwards, so that a chart follows the page's theme. They
//! become attributes and not styles, which a strict content policy would refuse. The same pass drops
//! what the page says better: the font, the fixed size, full opacity.

use std::sync::LazyLock;

use plotters::prelude::RGBColor;
use regex::Regex;

/// In front of a part's number, as a text of the drawing: here the part begins. Of Unicode's private use.
pub const PART: char = '\u{e000}';
/// As a text of the drawing: here the part ends.
pub const PART_END: char = '\u{e001}';

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

    /// The colour that stands for it while plotters draws.
    pub fn colour(self) -> RGBColor {
        RGBColor(1, 1, self.index())
    }

    /// The page's colour in an attribute of a drawing: `var(--chart-ink)`.
    pub fn css(self) -> String {
        format!("var({})", self.variable())
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

/// A drawing of plotters in the page's colours, font and size, all on one line.
pub fn themed(svg: &str, width: u32, height: u32) -> String {
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
    let named = [Ink::Text, Ink::Muted, Ink::Grid, Ink::Ground, Ink::Own];
    for ink in named.into_iter().chain((0..DATA_COLOURS).map(Ink::Data)) {
        let fixed = format!("\"#0101{:02X}\"", ink.index());
        themed = themed.replace(&fixed, &format!("\"{}\"", ink.css()));
    }
    grouped(&themed)
}

/// A drawing whose parts are groups.
fn grouped(svg: &str) -> String {
    static BEGIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!("<text[^>]*>{PART}(\\d+)</text>")).expect("a valid pattern")
    });
    static END: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!("<text[^>]*>{PART_END}</text>")).expect("a valid pattern")
    });
    let begun = BEGIN.replace_all(svg, "<g data-part=\"$1\">");
    END.replace_all(&begun, "</g>").into_owned()
}
