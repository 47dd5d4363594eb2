//! The executable of a bench, and the cases that it has.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use project::cargo;

/// Builds one bench and says where its executable is.
pub(super) fn build(root: &Path, bench: &str) -> Result<PathBuf> {
    let arguments = ["bench", "--package", "bench", "--bench", bench, "--no-run"];
    let built = cargo::build(root, &arguments, &format!("the bench {bench}"))?;
    let ours = built.into_iter().find(|built| built.target == bench);
    let ours = ours.context("cargo did not say where the bench is")?;
    Ok(ours.executable)
}

/// The names of a bench's cases.
pub(super) fn list(executable: &Path) -> Result<Vec<String>> {
    let output = Command::new(executable)
        .args(["--bench", "--list"])
        .output()
        .with_context(|| format!("cannot run {}", executable.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let ids: Vec<String> = text
        .lines()
        .filter_map(|line| Some(line.strip_suffix(": benchmark")?.to_owned()))
        .collect();
    ensure!(
        !ids.is_empty(),
        "{} lists no benchmarks",
        executable.display()
    );
    Ok(ids)
}
