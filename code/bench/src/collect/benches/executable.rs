//! The executable of a bench, and the cases that it has.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::collect::programs::cargo;

/// Builds one bench and says where its executable is.
pub(super) fn build(root: &Path, bench: &str) -> Result<PathBuf> {
    let output = cargo(root)
        .args([
            "bench",
            "--package",
            "bench",
            "--bench",
            bench,
            "--no-run",
            "--message-format",
            "json",
        ])
        .output()
        .context("cannot run cargo")?;
    ensure!(
        output.status.success(),
        "the bench does not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == bench)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo did not say where the bench is")
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
