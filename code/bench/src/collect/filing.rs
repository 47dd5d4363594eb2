//! Filing what was measured, with all that is known of how.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use results::{Case, Machine, Provenance, Suite, source};

/// What was measured.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The suite's name; of a fork's, that of the fork.
    pub suite: &'a str,
    /// What the cases worked on, in words.
    pub workload: &'a str,
    /// The command that measures it again.
    pub command: &'a str,
}

/// Where a suite that is measured on this machine is filed.
pub(super) fn place(into: &Path, suite: &str) -> PathBuf {
    into.join(format!("{suite}@{}.json", Machine::this().name))
}

/// What was measured of a suite on this machine before: by its reader, or else for the book. The reader's own may be of some
/// cases only, and is passed over if it lacks one that is needed and the book's does not.
///
/// # Errors
///
/// If there is such a file, and it cannot be read.
pub(super) fn measured_before(
    root: &Path,
    into: &Path,
    suite: &str,
    needed: &[String],
) -> Result<Option<Suite>> {
    let places = [place(into, suite), place(&root.join("book/results"), suite)];
    let mut lacking = None;
    for place in places.iter().filter(|place| place.is_file()) {
        let found = Suite::read(place)?;
        if needed.iter().all(|case| found.cases.contains_key(case)) {
            return Ok(Some(found));
        }
        lacking = lacking.or(Some(found));
    }
    Ok(lacking)
}

/// What was measured before of sources that are still the same. It only saves time: a file that cannot be read is a reason to
/// measure anew.
pub(super) fn still_true(root: &Path, into: &Path, suite: &str) -> Option<Suite> {
    let before = measured_before(root, into, suite, &[]);
    let mut suite = before.unwrap_or_default()?;
    suite.cases.retain(|name, case| is_of_now(root, name, case));
    Some(suite)
}

/// Whether a case was measured of the source as it is now.
pub(super) fn is_of_now(root: &Path, name: &str, case: &Case) -> bool {
    source::hash(root, name).is_ok_and(|source| source == case.source)
}

/// Files cases that were measured just now, since the machine's load was looked at.
///
/// # Errors
///
/// If the file cannot be written.
pub(crate) fn file(
    root: &Path,
    into: &Path,
    about: &About,
    load_before: f64,
    cases: BTreeMap<String, Case>,
) -> Result<(Suite, PathBuf)> {
    let Provenance {
        machine,
        rustc,
        commit,
        date,
    } = Provenance::now(root);
    let suite = Suite {
        suite: about.suite.to_owned(),
        machine,
        rustc,
        commit,
        date,
        command: about.command.to_owned(),
        workload: about.workload.to_owned(),
        load_average: [load_before, results::load_average()],
        cases,
    };
    std::fs::create_dir_all(into).with_context(|| format!("cannot create {}", into.display()))?;
    let file = place(into, about.suite);
    suite.write(&file)?;
    Ok((suite, file))
}

#[cfg(test)]
mod tests {
    use results::testing;
    use tempfile::TempDir;

    use super::*;

    const SUITE: &str = "process";

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    /// A project, or a folder of results, in which these cases were measured.
    fn measured(within: &str, cases: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let case = |&(name, source): &(&str, &str)| {
            let source = source.to_owned();
            let case = Case {
                source,
                ..testing::case(1.0)
            };
            (name.to_owned(), case)
        };
        let suite = testing::suite_of(SUITE, "m", cases.iter().map(case).collect());
        let results = folder.path().join(within);
        std::fs::create_dir_all(&results).expect("created");
        suite.write(&place(&results, SUITE)).expect("written");
        folder
    }

    #[test]
    fn a_file_without_what_is_needed_is_passed_over_for_one_with_it() {
        let own = measured("", &[("process/a", "own")]);
        let book = measured(
            "book/results",
            &[("process/a", "book"), ("process/b", "book")],
        );
        let source = |needed: &[&str]| {
            let needed: Vec<String> = needed.iter().map(|&name| name.to_owned()).collect();
            let found = measured_before(book.path(), own.path(), SUITE, &needed);
            found.expect("read").expect("there is one").cases["process/a"]
                .source
                .clone()
        };
        assert_eq!(source(&[]), "own");
        assert_eq!(source(&["process/a"]), "own");
        assert_eq!(source(&["process/a", "process/b"]), "book");
        assert_eq!(source(&["process/c"]), "own", "what it lacks is told later");
    }

    #[test]
    fn what_was_measured_of_another_source_is_not_believed() {
        let (same, other) = ("process/s00-baseline[delay=0]", "process/s01-cache");
        let source = source::hash(&root(), same).expect("a hash");
        let own = measured(
            "",
            &[
                (same, &source),
                (other, "another"),
                ("process/s99-gone", "0"),
            ],
        );
        let believed = still_true(&root(), own.path(), SUITE).expect("a suite");
        assert_eq!(believed.cases.keys().collect::<Vec<_>>(), [same]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_passed_over_where_it_only_saves_time() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(place(folder.path(), SUITE), "no result").expect("written");
        assert!(measured_before(&root(), folder.path(), SUITE, &[]).is_err());
        assert!(still_true(&root(), folder.path(), SUITE).is_none());
    }
}
