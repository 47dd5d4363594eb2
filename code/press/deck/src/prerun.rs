//! What a panel runs before its own program: `<!-- run: s03-replicas workers=8 -->`.
//!
//! A panel knows its own program and the one that this came from, so one of the two can be run by a step, and then
//! the panel's own by the next: the ledger has both rows then. What is not said has its default.

use std::collections::BTreeMap;

use pages::runnable;
use project::Program;

/// A program with some numbers for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Prerun {
    /// The program.
    pub program: String,
    /// The numbers that are said.
    pub params: BTreeMap<String, u64>,
}

/// Reads `s03-replicas workers=8`.
///
/// # Errors
///
/// If it is not of this form: one sentence for the writer.
pub fn parse(text: &str) -> Result<Prerun, String> {
    let text = text.trim();
    let refused =
        || format!("`run:` takes a program and numbers, `s03-replicas workers=8`, not `{text}`");
    let is_name = |name: &str| {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !name.is_empty() && name.chars().all(is_plain)
    };
    let mut words = text.split_whitespace();
    let program = words.next().filter(|name| is_name(name));
    let param = |word: &str| {
        let (name, value) = word.split_once('=').filter(|(name, _)| is_name(name))?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    Ok(Prerun {
        program: program.ok_or_else(refused)?.to_owned(),
        params: words
            .map(param)
            .collect::<Option<_>>()
            .ok_or_else(refused)?,
    })
}

/// Why the panel of a program cannot run this: nobody can, or it is not in its menu.
pub fn misfit(prerun: &Prerun, own: &str, programs: &[Program]) -> Option<String> {
    let point = runnable::point(&prerun.program, None, &prerun.params);
    if let Err(refused) = point {
        return Some(refused.to_string());
    }
    let parent = (programs.iter().find(|program| program.name == own))
        .and_then(|program| program.parent.as_deref());
    let program = prerun.program.as_str();
    let is_in_menu = program == own || Some(program) == parent;
    (!is_in_menu)
        .then(|| format!("the panel of `{own}` runs that and its parent, and not `{program}`"))
}

#[cfg(test)]
mod tests {
    use project::testing::sample;

    use super::*;

    #[test]
    fn a_program_and_its_numbers_are_read() {
        let prerun = parse(" s03-replicas  workers=8 delay=0 ").unwrap();
        assert_eq!(prerun.program, "s03-replicas");
        let params = [("delay".to_owned(), 0), ("workers".to_owned(), 8)];
        assert_eq!(prerun.params, BTreeMap::from(params));
        assert!(parse("s03-replicas").unwrap().params.is_empty());
        for text in [
            "",
            "workers=8",
            "s03-replicas workers",
            "s03-replicas workers=many",
            "s03-replicas =8",
            "s03\" workers=8",
        ] {
            let said = parse(text).unwrap_err();
            assert!(said.starts_with("`run:` takes a program"), "{text}: {said}");
        }
    }

    #[test]
    fn what_no_panel_can_run_is_told() {
        let (_folder, project) = sample();
        let programs = project::catalog::programs(&project.root).unwrap();
        let told = |text: &str, own: &str| misfit(&parse(text).unwrap(), own, &programs);
        assert_eq!(
            told("s00-baseline delay=0", "s01-cache"),
            None,
            "its parent"
        );
        assert_eq!(told("s01-cache", "s01-cache"), None);
        for (text, message) in [
            ("s99-gone", "there is no program s99-gone"),
            (
                "s00-baseline workers=8",
                "s00-baseline has no parameter workers",
            ),
            ("s00-baseline delay=1000000", "delay must be from"),
            (
                "s04-release",
                "the panel of `s01-cache` runs that and its parent, and not `s04-release`",
            ),
        ] {
            let said = told(text, "s01-cache").unwrap_or_default();
            assert!(said.contains(message), "{text}: {said}");
        }
    }
}
