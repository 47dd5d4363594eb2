//! Whole numbers as people write them: `1_000_000`, `250k`, `10M`.

/// Reads a number with optional underscores and one of the suffixes `k`, `M` and `G` (decimal).
///
/// # Errors
///
/// If it is not such a number or does not fit 64 bits.
pub fn parse(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 1_000),
        Some((at, 'M' | 'm')) => (&text[..at], 1_000_000),
        Some((at, 'G' | 'g')) => (&text[..at], 1_000_000_000),
        _ => (text, 1),
    };
    let digits = digits.replace('_', "");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("write a whole number such as 500000, 1_000_000, 250k or 10M".to_owned());
    }
    digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(factor))
        .ok_or_else(|| "the number does not fit 64 bits".to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, number) in [
            ("0", 0),
            ("1_000_000", 1_000_000),
            ("10M", 10_000_000),
            ("10k", 10_000),
            ("2G", 2_000_000_000),
        ] {
            assert_eq!(parse(text), Ok(number), "{text}");
        }
    }

    #[test]
    fn other_things_are_refused() {
        for text in [
            "",
            "k",
            "_",
            "-1",
            "1.5k",
            "ten",
            "10µ",
            "99999999999999999999",
            "99999999999G",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
