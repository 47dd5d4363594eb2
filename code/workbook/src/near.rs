//! Names of programs that were mistyped, or not written in full.

/// Which of the known names was perhaps meant: `s01-cache or s02-pipeline`; none if nothing is near.
pub fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near: Vec<&str> = known
        .into_iter()
        // No name is a part of every name.
        .filter(|_| !name.is_empty())
        .filter(|known| {
            known.contains(name) || distance(known, name) <= 3 || without_number(known) == name
        })
        .collect();
    (!near.is_empty()).then(|| near.join(" or "))
}

/// `cache` of `s01-cache`.
fn without_number(name: &str) -> &str {
    name.split_once('-').map_or(name, |(_, rest)| rest)
}

/// How many letters must be added, removed or changed to get from one word to the other
/// (Levenshtein), one row of the table at a time.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.bytes().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_of_words() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("s01-cache", "s01-cache"), 0);
    }

    #[test]
    fn near_names_and_parts_of_names_are_meant() {
        let known = ["s00-baseline", "s01-cache"];
        assert_eq!(meant("cache", known).as_deref(), Some("s01-cache"));
        assert_eq!(meant("s0-baselin", known).as_deref(), Some("s00-baseline"));
        assert_eq!(meant("zebra", known), None);
    }
}
