//! From values to places on an axis, and which values are marked on it.

mod tick;

pub use self::tick::tick;
use self::tick::tick_as;

/// One axis: values on one side, places in the drawing on the other.
#[derive(Clone, Debug)]
pub struct Scale {
    log: bool,
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    ticks: Vec<f64>,
}

impl Scale {
    /// An axis that shows all values of a range, rounded outwards: a linear one from zero to a round
    /// number, a logarithmic one over whole decades where that wastes little.
    pub fn around(range: (f64, f64), log: bool, unit: &str, places: (i32, i32)) -> Scale {
        // What is round in bytes is not round in MiB.
        let quantum = quantum(range.1, unit);
        let (low, high) = (range.0 / quantum, range.1 / quantum);
        let (low, high, ticks) = if log {
            let (low, high) = decades(low, high);
            (low, high, decade_ticks(low, high))
        } else {
            // There is no more than the whole, whatever a sample's rounding says.
            let whole = unit == "share" && (0.75..1.05).contains(&high);
            let high = if whole { 1.0 } else { high };
            let step = step(high);
            let count = (high / step - 1e-9).ceil().max(1.0);
            let ticks = (0..=count as i32).map(|at| f64::from(at) * step);
            (0.0, count * step, ticks.collect())
        };
        let mut scale = Scale::exact(low * quantum, high * quantum, log, places);
        scale.ticks = ticks.into_iter().map(|tick: f64| tick * quantum).collect();
        scale
    }

    /// A logarithmic axis for what does not begin at its end: a little wider than the range, with a mark at
    /// each power of ten on it.
    pub fn between((low, high): (f64, f64), places: (i32, i32)) -> Scale {
        let (low, high) = (low.max(1e-12) / 1.3, high.max(1e-12) * 1.3);
        let (first, last) = (exponent(low).ceil() as i32, exponent(high).floor() as i32);
        Scale {
            ticks: (first..=last).map(|power| 10f64.powi(power)).collect(),
            ..Scale::exact(low, high, true, places)
        }
    }

    /// An axis that ends at the given values and marks none.
    pub fn exact(low: f64, high: f64, log: bool, places: (i32, i32)) -> Scale {
        let high = if high > low { high } else { low + 1.0 };
        Scale {
            log,
            low,
            high,
            from: f64::from(places.0),
            to: f64::from(places.1),
            ticks: Vec::new(),
        }
    }

    /// The place of a value; what is off the axis goes to its end.
    pub fn place(&self, value: f64) -> i32 {
        let share = if self.log {
            (value.max(self.low) / self.low).log10() / (self.high / self.low).log10()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        (self.from + (self.to - self.from) * share.clamp(0.0, 1.0)).round() as i32
    }

    /// A drawing that tells of this axis, in attributes of its own: a page can draw a value of its reader's on it. `axis` is
    /// `x` or `y`, and `across` is from where to where the other axis goes.
    pub fn told_by(&self, svg: &str, axis: char, unit: &str, across: (i32, i32)) -> String {
        let Scale {
            log,
            low,
            high,
            from,
            to,
            ..
        } = self;
        let attributes = format!(
            "<svg data-axis=\"{axis}\" data-unit=\"{unit}\" data-log=\"{log}\" data-low=\"{low}\" data-high=\"{high}\" \
             data-from=\"{from}\" data-to=\"{to}\" data-across=\"{} {}\" ",
            across.0, across.1
        );
        svg.replacen("<svg ", &attributes, 1)
    }

    /// The values to mark, whole decades or round steps, and what is written there: on a linear axis
    /// all in thousands if one is.
    pub fn marks(&self, unit: &str) -> Vec<(f64, String)> {
        let last = self.ticks.last().copied().unwrap_or(0.0);
        let written = |value| tick_as(value, unit, if self.log { value } else { last });
        let ticks = self.ticks.iter();
        ticks.map(|&value| (value, written(value))).collect()
    }
}

/// How many of a unit are one of the unit that a value of that size is written in.
fn quantum(high: f64, unit: &str) -> f64 {
    if unit != "bytes" {
        return 1.0;
    }
    let power = (high.max(1.0).log2() / 10.0).floor().min(3.0);
    1024f64.powf(power)
}

fn decade_ticks(low: f64, high: f64) -> Vec<f64> {
    let first = exponent(low).ceil() as i32;
    let last = exponent(high).floor() as i32;
    let decades: Vec<f64> = (first..=last).map(|e| 10f64.powi(e)).collect();
    if decades.len() > 2 {
        // Six lines are enough to read by.
        let every = decades.len().div_ceil(6);
        return decades.into_iter().step_by(every).collect();
    }
    let fine = (first - 1..=last).flat_map(|e| [1.0, 2.0, 5.0].map(|m| m * 10f64.powi(e)));
    let within = |tick: &f64| *tick >= low * (1.0 - 1e-9) && *tick <= high * (1.0 + 1e-9);
    fine.filter(within).collect()
}

/// The common logarithm, steady against rounding at whole powers.
fn exponent(value: f64) -> f64 {
    let exponent = value.log10();
    if (exponent - exponent.round()).abs() < 1e-9 {
        exponent.round()
    } else {
        exponent
    }
}

fn decades(low: f64, high: f64) -> (f64, f64) {
    let low = low.max(1e-12);
    let (bottom, top) = (exponent(low), exponent(high.max(low)));
    let bottom = bottom.floor();
    let top = if top.ceil() - top < 0.5 {
        top.ceil()
    } else {
        top + 0.1
    };
    (10f64.powf(bottom), 10f64.powf(top))
}

/// A round distance of which three to six reach the value.
fn step(high: f64) -> f64 {
    let power = 10f64.powf(high.max(1e-12).log10().floor());
    match high / power {
        h if h > 5.0 => power * 2.0,
        h if h > 2.5 => power,
        h if h > 1.25 => power / 2.0,
        _ => power / 4.0,
    }
}

/// What stands along a measured axis: a length on a logarithmic one must not be taken for an amount.
pub fn axis_name(name: &str, log: bool) -> String {
    match (name, log) {
        ("", true) => "logarithmic".to_owned(),
        (name, true) if !name.contains("logarithmic") => format!("{name}, logarithmic"),
        (name, _) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_axis_starts_at_zero_and_ends_round() {
        let scale = Scale::around((900.0, 5210.0), false, "lines/s", (0, 600));
        assert_eq!(scale.ticks.last(), Some(&6000.0));
        assert_eq!(
            (scale.place(0.0), scale.place(3000.0), scale.place(6000.0)),
            (0, 300, 600)
        );
    }

    #[test]
    fn a_logarithmic_axis_marks_decades() {
        let scale = Scale::around((1430.0, 1_100_000.0), true, "lines/s", (0, 400));
        assert_eq!(scale.ticks, [1e3, 1e4, 1e5, 1e6]);
        let tight = Scale::around((1010.0, 5000.0), true, "lines/s", (0, 400));
        assert!(tight.ticks.contains(&1000.0));
    }

    #[test]
    fn an_axis_for_dots_marks_each_decade_and_wastes_none() {
        let scale = Scale::between((0.9, 2e7), (0, 400));
        let ticks: Vec<f64> = (0..8).map(|power| 10f64.powi(power)).collect();
        assert_eq!(scale.ticks, ticks);
        assert!((1..20).contains(&scale.place(0.9)) && (380..400).contains(&scale.place(2e7)));
    }

    #[test]
    fn bytes_are_marked_where_their_unit_is_round() {
        let mib = 1024.0 * 1024.0;
        let scale = Scale::around((1e6, 23.0 * mib), false, "bytes", (0, 400));
        assert_eq!(scale.ticks[1], 5.0 * mib);
        assert_eq!(tick(scale.ticks[1], "bytes"), "5\u{a0}MiB");
    }

    #[test]
    fn the_ticks_of_one_axis_are_alike() {
        let written = |high, log| {
            let scale = Scale::around((1000.0, high), log, "lines/s", (0, 400));
            let marks = scale.marks("lines/s").into_iter();
            marks.map(|(_, text)| text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(written(140e3, false), "0 50\u{a0}k 100\u{a0}k 150\u{a0}k");
        assert_eq!(
            written(1e6, true),
            "1,000 10,000 100\u{a0}k 1\u{a0}M",
            "each by itself"
        );
    }

    #[test]
    fn a_share_ends_at_the_whole() {
        let scale = Scale::around((0.1, 1.002), false, "share", (0, 400));
        assert_eq!(scale.ticks, [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(scale.place(1.002), 400);
    }
}
