//! Everything that the book shows compiles: programs, tests and benchmarks.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result};
use project::Problem;
use project::Project;

/// Lets cargo check the workspace; its own messages say what does not compile, and where.
pub fn check(project: &Project) -> Result<Option<Problem>> {
    let status = project::cargo::cargo()
        .args([
            "check",
            "--workspace",
            "--all-targets",
            "--quiet",
            "--manifest-path",
        ])
        .arg(project.root.join("Cargo.toml"))
        .stdin(Stdio::null())
        .status()
        .context("cannot run cargo")?;
    Ok((!status.success()).then(|| Problem {
        file: PathBuf::from("Cargo.toml"),
        line: None,
        message: "the workspace does not compile; cargo's messages stand above".to_owned(),
    }))
}
