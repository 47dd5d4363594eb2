//! Building what is measured.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Progress;

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
    let packages = names.iter().flat_map(|name| ["--package", name]);
    let output = cargo(root)
        .args(["build", "--release", "--message-format", "json"])
        .args(packages)
        .output()
        .context("cannot run cargo")?;
    ensure!(
        output.status.success(),
        "the programs do not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| {
            Some(
                Path::new(message["executable"].as_str()?)
                    .parent()?
                    .to_owned(),
            )
        })
        .context("cargo did not say where the programs are")
}

/// The cargo that runs us, or the one on the path.
pub(super) fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root);
    cargo
}
