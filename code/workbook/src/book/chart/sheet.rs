//! What a chart is drawn for.

/// What a drawing is shown on. Its letters have the same size on all of them, in its own units: it is the width in these
/// units, and with it the enlargement, that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// A wide page, read from near.
    Page,
    /// A narrow page: labels stand above what they name.
    Phone,
    /// A slide, read from the last row: few units, each of them large, and no room to grow downwards.
    Slide,
}

/// How tall a drawing on a slide may be without being made smaller, below a heading and above a sentence.
const SLIDE_HEIGHT: i32 = 270;

impl Sheet {
    /// Its width in the drawing's units.
    pub fn width(self) -> i32 {
        match self {
            Sheet::Page => 760,
            Sheet::Phone => 360,
            Sheet::Slide => 640,
        }
    }

    /// From one row to the next: as on a page, or as many as there are share the height of a slide, within these limits.
    pub fn row(self, on_page: i32, rows: usize, rest: i32, limits: (i32, i32)) -> i32 {
        match self {
            Sheet::Page | Sheet::Phone => on_page,
            Sheet::Slide => ((SLIDE_HEIGHT - rest) / rows.max(1) as i32).clamp(limits.0, limits.1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_share_the_height_of_a_slide() {
        let row = |sheet: Sheet, rows| sheet.row(36, rows, 60, (17, 44));
        assert_eq!(row(Sheet::Slide, 7), 30);
        assert_eq!(row(Sheet::Slide, 2), 44, "bars are no towers");
        assert_eq!(row(Sheet::Slide, 40), 17, "they must not overlap");
        assert_eq!(row(Sheet::Page, 40), 36);
        assert_eq!(row(Sheet::Slide, 0), 44);
    }
}
