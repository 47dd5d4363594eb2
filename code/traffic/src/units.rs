//! Numbers and times as people type and read them.

use std::time::Duration;

/// Parses a count: `5000`, `5_000`, `5,000`, `10k`, `3M`.
///
/// # Errors
///
/// One sentence for the user, if it is not a whole number or does not fit 64 bits.
pub fn count(text: &str) -> Result<u64, String> {
    let (number, unit) = match text.strip_suffix(['k', 'K']) {
        Some(number) => (number, 1_000),
        None => match text.strip_suffix('M') {
            Some(number) => (number, 1_000_000),
            None => (text, 1),
        },
    };
    digits(number)
        .and_then(|digits| digits.parse::<u64>().ok()?.checked_mul(unit))
        .ok_or_else(|| format!("`{text}` is not a whole number such as 5000, 5_000, 10k or 3M"))
}

/// The digits of a number, if they are all that it has beside thousands separators where those belong.
fn digits(number: &str) -> Option<String> {
    let separator = if number.contains('_') { '_' } else { ',' };
    let mut groups = number.split(separator);
    let first = groups.next()?;
    let is_grouped = first.len() < number.len();
    let are_thousands = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let digits = number.replace(separator, "");
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && (are_thousands || !is_grouped)).then_some(digits)
}

/// Parses a duration: `500us`, `1ms`, `2s`, and `0`.
///
/// # Errors
///
/// One sentence for the user.
pub fn duration(text: &str) -> Result<Duration, String> {
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    humantime::parse_duration(&text.replace('µ', "u"))
        .map_err(|_| format!("`{text}` is not a time such as 500us, 1ms or 2s"))
}

/// Writes a count with its thousands apart: `1,234,567`.
pub fn thousands(number: impl Into<u128>) -> String {
    let digits = number.into().to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (text, number) in [
            ("0", 0),
            ("5000", 5_000),
            ("5_000", 5_000),
            ("5,000", 5_000),
            ("1,234,567", 1_234_567),
            ("10_000k", 10_000_000),
            ("0001", 1),
            ("10k", 10_000),
            ("3M", 3_000_000),
        ] {
            assert_eq!(count(text), Ok(number));
        }
        for text in [
            "",
            "k",
            "-1",
            "+1",
            "1.5",
            "ten",
            "1,5",
            "1_5",
            "1,0000",
            "1000,000",
            "1,000_000",
            ",000",
            "_",
            "1_000_",
            "1,,000",
            "10 k",
            "10kk",
            "99999999999999999999",
            "99999999999999999M",
        ] {
            assert!(count(text).is_err(), "{text}");
        }
    }

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, us) in [
            ("0", 0),
            ("500us", 500),
            ("500µs", 500),
            ("1ms", 1_000),
            ("2s", 2_000_000),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_micros(us)));
        }
        for text in ["", "5", "fast", "-1s"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [
            (0_u64, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(thousands(number), text);
        }
    }
}
