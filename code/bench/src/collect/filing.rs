//! Filing what was measured, with all that is known of how.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::machine;
use crate::results::{Case, Machine, Suite};

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

/// Where, when and on what something was run.
#[derive(Clone, Debug, Serialize)]
pub struct Provenance {
    /// The machine.
    pub machine: Machine,
    /// The compiler.
    pub rustc: String,
    /// The commit of the source, with a `+` when there was more than the commit.
    pub commit: String,
    /// The day.
    pub date: String,
}

impl Provenance {
    /// Here, and today.
    pub fn now(root: &Path) -> Provenance {
        Provenance {
            machine: machine::this(),
            rustc: machine::said("rustc", &["--version"]),
            commit: commit(root),
            date: machine::said("date", &["-u", "+%Y-%m-%d"]),
        }
    }
}

/// Where a suite that is measured on this machine is filed.
pub(super) fn place(into: &Path, suite: &str) -> PathBuf {
    into.join(format!("{suite}@{}.json", machine::this().name))
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
        load_average: [load_before, machine::load_average()],
        cases,
    };
    std::fs::create_dir_all(into).with_context(|| format!("cannot create {}", into.display()))?;
    let file = place(into, about.suite);
    suite.write(&file)?;
    Ok((suite, file))
}

/// The commit of the measured source, with a `+` when there is more than the commit.
fn commit(root: &Path) -> String {
    let git = |arguments: &[&str]| {
        let root = root.to_string_lossy();
        machine::said("git", &[&["-C", &root][..], arguments].concat())
    };
    let changed = !git(&["status", "--porcelain", "--", "code", "Cargo.lock"]).is_empty();
    git(&["rev-parse", "--short=12", "HEAD"]) + if changed { "+" } else { "" }
}
