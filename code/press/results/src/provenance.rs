//! Where, when and on what something was run.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::machine::{Machine, said};

/// Where, when and on what something was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
            machine: Machine::this(),
            rustc: said("rustc", &["--version"]),
            commit: commit(root),
            date: said("date", &["-u", "+%Y-%m-%d"]),
        }
    }
}

/// The commit of the measured source, with a `+` when there is more than the commit.
fn commit(root: &Path) -> String {
    let git = |arguments: &[&str]| {
        let root = root.to_string_lossy();
        said("git", &[&["-C", &root][..], arguments].concat())
    };
    let changed = !git(&["status", "--porcelain", "--", "code", "Cargo.lock"]).is_empty();
    git(&["rev-parse", "--short=12", "HEAD"]) + if changed { "+" } else { "" }
}
