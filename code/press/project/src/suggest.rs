//! What was perhaps meant by a name that is not known.

/// The part of a message that names what was probably meant: ``; did you mean `x`?``.
///
/// Empty when nothing is near.
pub fn hint<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(written, name);
    let rated = known.into_iter().map(|name| (name, likeness(name)));
    // Below six tenths the suggestions look arbitrary. Of equals the first is taken.
    let near = rated.filter(|(_, likeness)| *likeness >= 0.6);
    let best = near.reduce(|best, one| if one.1 > best.1 { one } else { best });
    best.map_or_else(String::new, |(name, _)| format!("; did you mean `{name}`?"))
}

/// Which of the names of programs was perhaps meant, also by a name that is not written in full:
/// `s01-cache or s02-pipeline`; none if nothing is near.
pub fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near: Vec<&str> = known
        .into_iter()
        // No name is a part of every name.
        .filter(|_| !name.is_empty())
        .filter(|known| {
            known.contains(name)
                || strsim::levenshtein(known, name) <= 3
                || without_number(known) == name
        })
        .collect();
    (!near.is_empty()).then(|| near.join(" or "))
}

/// `cache` of `s01-cache`.
fn without_number(name: &str) -> &str {
    name.split_once('-').map_or(name, |(_, rest)| rest)
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

    #[test]
    fn near_names_and_parts_of_names_are_meant() {
        let known = ["s00-baseline", "s01-cache"];
        assert_eq!(meant("cache", known).as_deref(), Some("s01-cache"));
        assert_eq!(meant("s0-baselin", known).as_deref(), Some("s00-baseline"));
        assert_eq!(meant("zebra", known), None);
    }
}
