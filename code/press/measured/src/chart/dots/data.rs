//! What a chart of dots shows.

use results::Summary;

use crate::number;

/// The chart's data.
pub struct Dots {
    /// From above to below.
    pub rows: Vec<Row>,
    /// What the dots of a row are called, in their order; one for each set.
    pub sets: Vec<String>,
    /// Whether the axis is logarithmic.
    pub log: bool,
    /// The unit of all values.
    pub unit: String,
    /// What stands along the axis.
    pub axis: String,
}

/// One thing that was measured in one way or more.
pub struct Row {
    /// What it is called.
    pub label: String,
    /// One for each set.
    pub dots: Vec<Dot>,
    /// What of its values was configured.
    pub given: Option<Given>,
}

/// What was measured in one way.
pub struct Dot {
    /// The book's value.
    pub book: Summary,
    /// How many samples it is of.
    pub samples: usize,
    /// The reader's.
    pub own: Option<Summary>,
}

/// A part of a row's values that was configured.
pub struct Given {
    /// In the chart's unit.
    pub value: f64,
    /// As it is written in the chart.
    pub text: String,
}

impl Dots {
    /// Whether the reader measured any of it.
    pub fn with_own(&self) -> bool {
        let mut dots = self.rows.iter().flat_map(|row| &row.dots);
        dots.any(|dot| dot.own.is_some())
    }
}

impl Given {
    /// Reads `500 µs`, in a chart whose values have such a unit.
    pub fn parse(text: &str, unit: &str) -> Result<Given, String> {
        let wrong = || format!("`{text}` is no quantity in {unit}, such as `500 µs` is one in ns");
        let (value, its_unit) = text.split_once(' ').ok_or_else(wrong)?;
        let value: f64 = value.parse().map_err(|_| wrong())?;
        let ((base, factor), (other, other_factor)) = (number::base(its_unit), number::base(unit));
        if base != other {
            return Err(wrong());
        }
        Ok(Given {
            value: value * factor / other_factor,
            text: number::join(&format!("{text} configured"), ""),
        })
    }
}
