//! Hints for names that were mistyped.

/// The part of a message that names what was probably meant: ``; did you mean `x`?``.
///
/// Empty when nothing is near.
pub fn hint<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    // Below six tenths the suggestions look arbitrary.
    let near = similar::get_close_matches(written, &known, 1, 0.6);
    near.first()
        .map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        assert_eq!(
            hint("reslt", ["result", "chart"]),
            "; did you mean `result`?"
        );
        assert_eq!(hint("zebra", ["result", "chart"]), "");
    }
}
