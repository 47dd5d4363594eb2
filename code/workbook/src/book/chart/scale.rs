//! From values to places on an axis, and which values are marked on it.

use super::super::number;

/// One axis: values on one side, places in the drawing on the other.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    log: bool,
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// An axis that shows the values between `low` and `high`, rounded outwards: a linear one from
    /// zero to a round number, a logarithmic one over whole decades where that wastes little.
    pub fn around(low: f64, high: f64, log: bool, places: (i32, i32)) -> Scale {
        let (low, high) = if log {
            decades(low, high)
        } else {
            (0.0, round_up(high))
        };
        Scale::exact(low, high, log, places)
    }

    /// An axis that ends at the given values.
    pub fn exact(low: f64, high: f64, log: bool, places: (i32, i32)) -> Scale {
        let high = if high > low { high } else { low + 1.0 };
        Scale {
            log,
            low,
            high,
            from: f64::from(places.0),
            to: f64::from(places.1),
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

    /// The values to mark: whole decades, or round steps.
    pub fn ticks(&self) -> Vec<f64> {
        if !self.log {
            let step = step(self.high);
            let count = (self.high / step + 1e-9).floor() as i32;
            return (0..=count).map(|at| f64::from(at) * step).collect();
        }
        let (first, last) = (
            exponent(self.low).ceil() as i32,
            exponent(self.high).floor() as i32,
        );
        let decades: Vec<f64> = (first..=last).map(|e| 10f64.powi(e)).collect();
        if decades.len() > 2 {
            // Six lines are enough to read by.
            let every = decades.len().div_ceil(6);
            return decades.into_iter().step_by(every).collect();
        }
        let fine = (first - 1..=last).flat_map(|e| [1.0, 2.0, 5.0].map(|m| m * 10f64.powi(e)));
        let within =
            |tick: &f64| *tick >= self.low * (1.0 - 1e-9) && *tick <= self.high * (1.0 + 1e-9);
        fine.filter(within).collect()
    }
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
    // A value on the very bottom would have no bar at all.
    let bottom = if bottom - bottom.floor() < 0.15 {
        bottom.floor() - 1.0
    } else {
        bottom.floor()
    };
    let top = if top.ceil() - top < 0.5 {
        top.ceil()
    } else {
        top + 0.1
    };
    (10f64.powf(bottom), 10f64.powf(top))
}

fn round_up(high: f64) -> f64 {
    let step = step(high);
    (high / step - 1e-9).ceil().max(1.0) * step
}

/// A round distance of which four to eight reach the value.
fn step(high: f64) -> f64 {
    let power = 10f64.powf(high.max(1e-12).log10().floor());
    match high / power {
        h if h > 5.0 => power,
        h if h > 2.0 => power / 2.0,
        h if h > 1.0 => power / 4.0,
        _ => power / 5.0,
    }
}

/// How a marked value is written: `10k`, `1M`, `5 µs`.
pub fn tick(value: f64, unit: &str) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let (size, letter) = match number::base(unit).0 {
        "ns" | "bytes" | "bytes/s" | "share" => (1.0, ""),
        _ if value.abs() >= 1e9 => (1e9, "G"),
        _ if value.abs() >= 1e6 => (1e6, "M"),
        _ if value.abs() >= 1e3 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let (digits, shown) = match number::base(unit).0 {
        "ns" | "bytes" | "bytes/s" | "share" => number::split(value, unit),
        _ => (number::significant(value / size), String::new()),
    };
    let digits = if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits.as_str()
    };
    number::join(&format!("{digits}{letter}"), &shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_axis_starts_at_zero_and_ends_round() {
        let scale = Scale::around(900.0, 5210.0, false, (0, 600));
        assert_eq!(scale.ticks().last(), Some(&6000.0));
        assert_eq!(
            (scale.place(0.0), scale.place(3000.0), scale.place(6000.0)),
            (0, 300, 600)
        );
    }

    #[test]
    fn a_logarithmic_axis_marks_decades_and_gives_every_value_a_length() {
        let scale = Scale::around(1430.0, 1_100_000.0, true, (0, 400));
        assert_eq!(scale.ticks(), [1e3, 1e4, 1e5, 1e6]);
        let tight = Scale::around(1010.0, 5000.0, true, (0, 400));
        assert!(tight.place(1010.0) > 20);
        assert!(tight.ticks().contains(&1000.0));
    }

    #[test]
    fn ticks_are_short() {
        for (value, unit, written) in [
            (0.0, "lines/s", "0"),
            (250.0, "lines/s", "250"),
            (2500.0, "lines/s", "2.5k"),
            (1e6, "lines/s", "1M"),
            (5e3, "ns", "5\u{a0}µs"),
            (0.5, "share", "50\u{a0}%"),
        ] {
            assert_eq!(tick(value, unit), written);
        }
    }
}
