//! How the values along an axis are written.

use crate::number;

/// How a marked value is written: `10,000`, `100 k`, `1 M`, `5 µs`.
pub fn tick(value: f64, unit: &str) -> String {
    tick_as(value, unit, value)
}

/// The same in thousands or millions if another value is written so.
pub fn tick_as(value: f64, unit: &str, other: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let (digits, unit) = match number::base(unit).0 {
        "ns" | "bytes" | "bytes/s" | "share" => number::split(value, unit),
        _ => {
            let (size, letter) = match other.abs() {
                v if v >= 1e9 => (1e9, "G"),
                v if v >= 1e6 => (1e6, "M"),
                v if v >= 1e5 => (1e3, "k"),
                _ => (1.0, ""),
            };
            let (digits, _) = if letter.is_empty() && value.fract() == 0.0 {
                number::split(value, "")
            } else {
                (number::significant(value / size), String::new())
            };
            (digits, letter.to_owned())
        }
    };
    let digits = if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits.as_str()
    };
    number::join(digits, &unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_short() {
        for (value, unit, written) in [
            (0.0, "lines/s", "0"),
            (250.0, "lines/s", "250"),
            (1024.0, "", "1,024"),
            (1e4, "lines/s", "10,000"),
            (1e5, "lines/s", "100\u{a0}k"),
            (1e6, "lines/s", "1\u{a0}M"),
            (5e3, "ns", "5\u{a0}µs"),
            (0.5, "share", "50\u{a0}%"),
        ] {
            assert_eq!(tick(value, unit), written);
        }
    }
}
