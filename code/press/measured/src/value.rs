//! A number that rests on measurements: one of them, or a ratio of two.

use results::Reference;

use crate::evidence::Evidence;
use crate::measurements::{machine_in_short, provenance};
use crate::number;

/// A number and where it is from.
#[derive(Clone, Debug)]
pub struct Value {
    /// The median, or the quotient of two.
    pub number: f64,
    /// The unit in which it is given: `×` of a ratio.
    pub unit: String,
    /// As it stands in a sentence.
    pub written: String,
    /// Where it is from.
    pub title: String,
    /// The machine, in short.
    pub machine: String,
    /// What one of it is on the axis of a chart of the same metric: one of its unit, or of a ratio the second median.
    pub on_axis: f64,
    /// The unit of that axis.
    pub axis_unit: String,
}

/// The unit of a ratio.
pub const TIMES: &str = "×";

/// What parts the references of a ratio. Names of cases hold slashes too: the one that divides has blanks around it.
const OVER: &str = " / ";

impl Evidence {
    /// The number that a text names: `evolution/s01-cache lines_per_s`, or two such with ` / ` between them.
    ///
    /// # Errors
    ///
    /// If something of it was not measured, or cannot be divided: one sentence for the writer.
    pub fn value(&self, text: &str) -> Result<Value, String> {
        match text.split_once(OVER) {
            Some(_) => ratio(text, self),
            None => median(text, self),
        }
    }
}

/// One measurement.
pub fn median(text: &str, sources: &Evidence) -> Result<Value, String> {
    let found = sources.results.find(&Reference::parse(text)?)?;
    Ok(Value {
        number: found.summary.median,
        unit: found.unit.to_owned(),
        written: found.median(),
        title: format!("{}; {}", found.in_full(), provenance(found.suite)),
        machine: machine_in_short(found.suite),
        on_axis: 1.0,
        axis_unit: found.unit.to_owned(),
    })
}

/// How many times the second measurement the first is.
pub fn ratio(text: &str, sources: &Evidence) -> Result<Value, String> {
    let (over, under) = text.split_once(OVER).ok_or_else(|| {
        format!("`ratio` takes two references with ` / ` between them, not `{text}`")
    })?;
    let over = sources.results.find(&Reference::parse(over)?)?;
    let under = sources.results.find(&Reference::parse(under)?)?;
    over.on_the_machine_of(&under)?;
    let ((unit, factor), (other, other_factor)) =
        (number::base(over.unit), number::base(under.unit));
    if unit != other {
        return Err(format!(
            "`ratio` compares {} with {}",
            over.unit, under.unit
        ));
    }
    let ratio = over.summary.median * factor / (under.summary.median * other_factor);
    if !ratio.is_finite() {
        return Err(format!(
            "`{}` is zero, so there is no ratio to it",
            under.reference
        ));
    }
    Ok(Value {
        number: ratio,
        unit: TIMES.to_owned(),
        written: number::ratio(ratio),
        title: format!(
            "{}; {}; {}",
            over.in_full(),
            under.in_full(),
            provenance(over.suite)
        ),
        machine: machine_in_short(over.suite),
        on_axis: under.summary.median,
        axis_unit: under.unit.to_owned(),
    })
}
