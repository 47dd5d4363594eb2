//! What of `traffic` a step runs through while it is timed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The modules that no measurement depends on, with the reason. All others count, a new one too.
const UNTIMED: [(&str, &str); 6] = [
    ("error", "sentences for what ends a run"),
    ("event", "what the harness tells of a run, beside it"),
    (
        "harness",
        "the command line, and what is printed after the time is taken",
    ),
    ("lib", "declarations"),
    ("oracle", "what reports must be"),
    ("testing", "the tests of the steps"),
];

/// The modules of `traffic` by their paths without an ending: each is a file, and a folder if it has parts.
///
/// # Errors
///
/// If the folder cannot be read.
pub(super) fn modules(root: &Path) -> Result<Vec<PathBuf>> {
    let folder = root.join("code/traffic/src");
    let cannot = || format!("cannot read {}", folder.display());
    let mut modules = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(cannot)? {
        let module = entry.with_context(cannot)?.path().with_extension("");
        let is_untimed = |(name, _): &(&str, &str)| module.ends_with(name);
        if !UNTIMED.iter().any(is_untimed) {
            modules.push(module);
        }
    }
    modules.sort();
    modules.dedup();
    Ok(modules)
}
