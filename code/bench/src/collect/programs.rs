//! Building what is measured.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use project::cargo;

use super::order::Progress;

/// Builds programs of the book, and says where they are.
pub(crate) fn build_programs(
    root: &Path,
    names: &[&str],
    say: &mut dyn FnMut(&Progress),
) -> Result<PathBuf> {
    say(&Progress {
        done: 0,
        total: 0,
        what: "building the programs".into(),
    });
    let mut names = names.to_vec();
    names.sort_unstable();
    names.dedup();
    let mut arguments = vec!["build", "--release"];
    arguments.extend(names.iter().flat_map(|name| ["--package", name]));
    let built = cargo::build(root, &arguments, "one of the programs")?;
    let folder = built.first().and_then(|built| built.executable.parent());
    let folder = folder.context("cargo did not say where the programs are")?;
    Ok(folder.to_owned())
}
