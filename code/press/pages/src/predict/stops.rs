//! The numbers that can be bet on: ten for each power of ten, as round as that allows, so that a slider goes by factors.

use measured::{TIMES, Value, number};

/// A number in the unit of the truth, and how it is written.
pub type Stop = (f64, String);

/// From one power of ten to the next.
const ROUND: [f64; 10] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];

/// All stops from one quantity to another.
///
/// # Errors
///
/// If these are no quantities of that unit, or the truth is not between them.
pub fn between(from: &str, to: &str, truth: &Value) -> Result<Vec<Stop>, String> {
    let (low, high) = (quantity(from, &truth.unit)?, quantity(to, &truth.unit)?);
    if !(low > 0.0 && low < truth.number && truth.number < high) {
        return Err(format!(
            "{} is not between `{from}` and `{to}`",
            truth.written
        ));
    }
    let powers = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let all = powers.flat_map(|power| ROUND.map(|digits| digits * 10f64.powi(power)));
    // Powers are not exact: what is meant to be the end is one.
    let within = |stop: &f64| *stop > low * 0.999 && *stop < high * 1.001;
    let written = |stop: f64| match truth.unit.as_str() {
        TIMES => number::ratio(stop),
        unit => number::quantity(stop, unit),
    };
    Ok(all
        .filter(within)
        .map(|stop| (stop, written(stop)))
        .collect())
}

/// Reads `500 µs` in a unit of the same kind.
fn quantity(text: &str, unit: &str) -> Result<f64, String> {
    let wrong = || format!("`{text}` is no quantity in {unit}, such as \"10 {unit}\" is one");
    let (value, its_unit) = text.split_once(' ').unwrap_or((text, ""));
    let value: f64 = value.parse().map_err(|_| wrong())?;
    let ((base, factor), (other, other_factor)) = (number::base(its_unit), number::base(unit));
    if base != other {
        return Err(wrong());
    }
    Ok(value * factor / other_factor)
}
