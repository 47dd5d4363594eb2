//! How a measured quantity is written: three significant digits, a unit that fits, and a space that
//! does not break between them.

/// A no-break space.
pub const SPACE: char = '\u{a0}';

/// A quantity in words: `1,430 lines/s`.
pub fn quantity(value: f64, unit: &str) -> String {
    let (number, unit) = split(value, unit);
    join(&number, &unit)
}

/// Number and unit with the space between them, if there is a unit.
pub fn join(number: &str, unit: &str) -> String {
    if unit.is_empty() {
        return number.replace(' ', "\u{a0}");
    }
    format!("{number}{SPACE}{unit}").replace(' ', "\u{a0}")
}

/// The number and its unit apart: `("1.13 million", "lines/s")`.
pub fn split(value: f64, unit: &str) -> (String, String) {
    if unit == "share" {
        return (significant(value * 100.0), "%".to_owned());
    }
    if let Some((_, factor)) = TIMES.iter().find(|(name, _)| *name == unit) {
        let scaled = scale(
            value * factor,
            &[("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1.0)],
        );
        return (significant(scaled.0), scaled.1.to_owned());
    }
    match unit {
        "bytes" if value.abs() < 1024.0 => (significant(value), unit.to_owned()),
        "bytes" => {
            let kib = 1024.0;
            let units = [("GiB", kib * kib * kib), ("MiB", kib * kib), ("KiB", kib)];
            let (value, unit) = scale(value, &units);
            (significant(value), unit.to_owned())
        }
        "bytes/s" => {
            let units = [("GB/s", 1e9), ("MB/s", 1e6), ("kB/s", 1e3), ("B/s", 1.0)];
            let (value, unit) = scale(value, &units);
            (significant(value), unit.to_owned())
        }
        // A rate is never exact; a count is, and is written in full.
        _ if unit.contains('/') || value.fract() != 0.0 => (worded(value), unit.to_owned()),
        _ => (grouped(&format!("{value:.0}")), unit.to_owned()),
    }
}

/// The units of time, in nanoseconds.
const TIMES: [(&str, f64); 6] = [
    ("ns", 1.0),
    ("us", 1e3),
    ("µs", 1e3),
    ("ms", 1e6),
    ("s", 1e9),
    ("min", 60e9),
];

/// What can be compared with what: the base unit of a unit, and how many of them it is.
pub fn base(unit: &str) -> (&str, f64) {
    if let Some((_, factor)) = TIMES.iter().find(|(name, _)| *name == unit) {
        return ("ns", *factor);
    }
    match unit {
        "%" => ("share", 0.01),
        "B" => ("bytes", 1.0),
        "KiB" => ("bytes", 1024.0),
        "MiB" => ("bytes", 1024.0 * 1024.0),
        "GiB" => ("bytes", 1024.0 * 1024.0 * 1024.0),
        "kB" => ("bytes", 1e3),
        "MB" => ("bytes", 1e6),
        "GB" => ("bytes", 1e9),
        "kB/s" => ("bytes/s", 1e3),
        "MB/s" => ("bytes/s", 1e6),
        "GB/s" => ("bytes/s", 1e9),
        other => (other, 1.0),
    }
}

/// A ratio: `5.2 ×`, with two digits for most and a third where it would say "1".
pub fn ratio(value: f64) -> String {
    let digits = match value {
        v if v < 1.995 => format!("{v:.2}"),
        v if v < 9.95 => format!("{v:.1}"),
        v if v < 999.5 => format!("{v:.0}"),
        v => worded(v),
    };
    join(&digits, "×")
}

/// Three significant digits and a word for millions and billions.
fn worded(value: f64) -> String {
    let rounded = round(value);
    match rounded.abs() {
        v if v >= 1e9 => format!("{} billion", significant(rounded / 1e9)),
        v if v >= 1e6 => format!("{} million", significant(rounded / 1e6)),
        _ => significant(rounded),
    }
}

/// The largest unit of which the rounded value has at least one; the last one if none.
fn scale<'u>(value: f64, units: &[(&'u str, f64)]) -> (f64, &'u str) {
    let last = units[units.len() - 1];
    let (unit, size) = units
        .iter()
        .copied()
        .find(|(_, size)| round(value / size).abs() >= 1.0)
        .unwrap_or(last);
    (value / size, unit)
}

/// A number with three significant digits and thousands separators.
pub fn significant(value: f64) -> String {
    let rounded = round(value);
    let decimals = (2 - magnitude(rounded)).max(0) as usize;
    grouped(&format!("{rounded:.decimals$}"))
}

/// The value rounded to three significant digits.
fn round(value: f64) -> f64 {
    let places = 2 - magnitude(value);
    let power = 10f64.powi(places.abs());
    if places >= 0 {
        (value * power).round() / power
    } else {
        (value / power).round() * power
    }
}

/// The power of ten of the first digit.
fn magnitude(value: f64) -> i32 {
    if value == 0.0 {
        2
    } else {
        value.abs().log10().floor() as i32
    }
}

/// Thousands separators, and a real minus.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_written_as_people_read_them() {
        for (value, unit, written) in [
            (1432.7, "lines/s", "1,430 lines/s"),
            (14.32, "lines/s", "14.3 lines/s"),
            (999_600.0, "lines/s", "1.00 million lines/s"),
            (1_128_400.0, "lines/s", "1.13 million lines/s"),
            (25_400_000.0, "lines/s", "25.4 million lines/s"),
            (1_500_000_000.0, "lines/s", "1.50 billion lines/s"),
            (512.0, "bytes", "512 bytes"),
            (1_572_864.0, "bytes", "1.50 MiB"),
            (3.2e9, "bytes", "2.98 GiB"),
            (1_049_000_000.0, "bytes/s", "1.05 GB/s"),
            (820_000_000.0, "bytes/s", "820 MB/s"),
            (139.4, "ns", "139 ns"),
            (999.7, "ns", "1.00 µs"),
            (40_100.0, "ns", "40.1 µs"),
            (0.5, "ms", "500 µs"),
            (2.25, "s", "2.25 s"),
            (0.0, "ns", "0 ns"),
            (0.9432, "share", "94.3 %"),
            (75_803.0, "", "75,803"),
            (75_803.0, "lookups", "75,803 lookups"),
            (12.345, "", "12.3"),
            (-1234.5, "lines/s", "−1,230 lines/s"),
        ] {
            assert_eq!(
                quantity(value, unit),
                written.replace(' ', "\u{a0}"),
                "{value} {unit}"
            );
        }
    }

    #[test]
    fn ratios_show_what_matters() {
        for (value, written) in [
            (0.853, "0.85 ×"),
            (1.083, "1.08 ×"),
            (1.999, "2.0 ×"),
            (5.2031, "5.2 ×"),
            (9.96, "10 ×"),
            (52.4, "52 ×"),
            (5234.0, "5,230 ×"),
        ] {
            assert_eq!(ratio(value), written.replace(' ', "\u{a0}"));
        }
    }

    #[test]
    fn units_of_one_kind_share_a_base() {
        assert_eq!(base("ms"), ("ns", 1e6));
        assert_eq!(base("%"), ("share", 0.01));
        assert_eq!(base("lines/s"), ("lines/s", 1.0));
    }
}
