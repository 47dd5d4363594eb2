//! What a fork may be called.
//!
//! A name has a hyphen: no word of Rust's has one, no folder that cargo makes, and nothing else that results are
//! filed under, so a fork cannot be mistaken for any of these.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use project::Project;
use project::catalog;
use project::exercises;

/// Longer names would not fit beside a bar of a chart.
const LETTERS_MAX: usize = 30;

/// The names that are given, each with what has it.
pub fn taken(project: &Project) -> Result<BTreeMap<String, &'static str>> {
    let mut taken = BTreeMap::new();
    // What the programs are compiled from: two crates of one name could not be told apart.
    let lock = std::fs::read_to_string(project.root.join("Cargo.lock")).unwrap_or_default();
    let packages = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    taken.extend(packages.map(|name| (name.to_owned(), "a package that programs of the book use")));
    let programs = catalog::programs(&project.root).context("cannot tell which names are taken")?;
    taken.extend(
        programs
            .into_iter()
            .map(|program| (program.name, "a program of the book")),
    );
    let exercises = exercises::exercises(project).unwrap_or_default();
    taken.extend(
        exercises
            .into_iter()
            .map(|exercise| (exercise.name, "an exercise")),
    );
    // The one that has a hyphen.
    taken.insert("proc-macro".to_owned(), "a library of Rust's");
    Ok(taken)
}

/// Refuses what is not a name, or is the name of something else.
///
/// # Errors
///
/// If it is refused: why.
pub fn check(name: &str, taken: &BTreeMap<String, &'static str>) -> Result<()> {
    let well_formed = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.contains('-')
        && name
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(is_letter));
    ensure!(
        well_formed,
        "`{}` is no name for a fork: it needs words of lower-case letters and digits, a letter first, and a \
         hyphen between them, as in my-batch",
        name.escape_debug()
    );
    ensure!(
        name.len() <= LETTERS_MAX,
        "`{name}` is too long a name: it may have {LETTERS_MAX} letters"
    );
    // Cargo's names of libraries have underscores for hyphens.
    let same = taken
        .iter()
        .find(|(other, _)| other.replace('_', "-") == name);
    if let Some((_, what)) = same {
        bail!("{name} is the name of {what}: choose another");
    }
    Ok(())
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str) -> Option<String> {
        let taken = BTreeMap::from([
            ("s01-cache".to_owned(), "a program of the book"),
            ("serde_json".to_owned(), "a package"),
        ]);
        check(name, &taken).err().map(|error| error.to_string())
    }

    #[test]
    fn names_are_words_with_hyphens() {
        for name in ["my-batch", "s09-batch2", "x1-2-3"] {
            assert_eq!(said(name), None, "{name}");
        }
        for name in [
            "",
            "-",
            "My-batch",
            "my_batch",
            "9lives",
            "a-",
            "-a",
            "a--b",
            "../up",
            "a/b",
            "ä",
            "a b",
            ".",
            "--help",
            "a",
            "match",
            "cost",
            "evolution",
            "deps",
        ] {
            assert!(
                said(name).is_some_and(|why| why.contains("is no name for a fork")),
                "{name}"
            );
        }
        assert!(said(&format!("x-{}", "x".repeat(29))).is_some_and(|why| why.contains("too long")));
    }

    #[test]
    fn names_that_are_given_are_refused() {
        for (name, words) in [
            ("s01-cache", "the name of a program of the book"),
            ("serde-json", "the name of a package"),
        ] {
            assert!(said(name).is_some_and(|why| why.contains(words)), "{name}");
        }
    }

    #[test]
    fn no_fork_is_called_like_what_the_project_has() {
        let project = Project::at(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
        let taken = taken(&project).expect("the project's names");
        for name in [
            "self",
            "yield",
            "std",
            "cost",
            "evolution",
            "tokio",
            "serde-json",
            "s00-baseline",
            "deps",
            "proc-macro",
            "crossbeam-channel",
        ] {
            assert!(check(name, &taken).is_err(), "{name}");
        }
        check("my-batch", &taken).expect("free");
    }
}
