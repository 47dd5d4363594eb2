//! Filing what was measured, with all that is known of how.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use results::{Case, Machine, Provenance, Suite};

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

/// What was measured of a suite on this machine before: by its reader, or else for the book.
///
/// # Errors
///
/// If there is such a file, and it cannot be read.
pub(super) fn measured_before(root: &Path, into: &Path, suite: &str) -> Result<Option<Suite>> {
    let places = [place(into, suite), place(&root.join("book/results"), suite)];
    let found = places.iter().find(|place| place.is_file());
    found.map(|file| Suite::read(file)).transpose()
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
