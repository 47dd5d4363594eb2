//! What a chart is drawn for.

use std::ops::RangeInclusive;

/// What a drawing is shown on. Its letters have the same size on all of them, in its own units: it is the width in these
/// units, and with it the enlargement, that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A wide page, read from near.
    Page,
    /// A narrow page: labels stand above what they name.
    Phone,
    /// A slide, read from the last row: few units, each of them two of its pixels, and no room to grow downwards.
    Slide,
}

/// How tall a drawing on a slide may be without being made smaller, below a heading and above a sentence.
pub const SLIDE_HEIGHT: i32 = 216;

impl Medium {
    /// Its width in the drawing's units.
    pub fn width(self) -> i32 {
        match self {
            Medium::Page => 760,
            Medium::Phone => 360,
            Medium::Slide => 560,
        }
    }

    /// From one row to the next. On a page and a phone that is `on_page`, and the drawing is as tall as it gets. On a
    /// slide the rows share the height that is not `taken` by what stands above and below them; no row is lower or
    /// higher than `within`, so that many of them make the drawing taller.
    pub fn row(self, on_page: i32, rows: usize, taken: i32, within: RangeInclusive<i32>) -> i32 {
        match self {
            Medium::Page | Medium::Phone => on_page,
            Medium::Slide => {
                let row = (SLIDE_HEIGHT - taken) / rows.max(1) as i32;
                row.clamp(*within.start(), *within.end())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_share_the_height_of_a_slide() {
        let row = |medium: Medium, rows| medium.row(36, rows, 60, 17..=44);
        assert_eq!(row(Medium::Slide, 7), 22);
        assert_eq!(row(Medium::Slide, 2), 44, "bars are no towers");
        assert_eq!(row(Medium::Slide, 40), 17, "they must not overlap");
        assert_eq!(row(Medium::Page, 40), 36);
        assert_eq!(row(Medium::Slide, 0), 44);
    }
}
