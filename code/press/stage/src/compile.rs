//! Builds one program of the book, or a fork of one, by cargo.

use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use project::Part;
use project::Program;
use project::Project;
use project::cargo::{self, cargo};

/// How a program is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As it is run and measured.
    Release,
    /// Quickly, and so that it notices when a number overflows.
    Debug,
}

impl Profile {
    /// Which of the two a flag `--debug` asks for.
    pub fn of(debug: bool) -> Profile {
        if debug {
            Profile::Debug
        } else {
            Profile::Release
        }
    }
}

/// Builds one program and tells where cargo put it, which `CARGO_TARGET_DIR` may have moved.
///
/// # Errors
///
/// If it does not build: cargo has then printed why.
pub fn executable(project: &Project, program: &Program, profile: Profile) -> Result<PathBuf> {
    let name = &program.name;
    let mut command = command(project, program, profile);
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    let mut child = command.spawn().context("cannot run cargo")?;
    let messages = BufReader::new(child.stdout.take().context("cargo's output is not piped")?);
    let manifest = project.root.join(&program.path).join("Cargo.toml");
    let mut found = None;
    for message in messages.lines() {
        found = built(&message.context("cannot read cargo's output")?, &manifest).or(found);
    }
    if !child.wait().context("cannot wait for cargo")?.success() {
        bail!("{name} does not build");
    }
    found.with_context(|| format!("cargo built no program named {name}"))
}

/// Builds these programs of the book in release mode, with cargo's own progress.
///
/// Each by a cargo call of its own, the very one that a run makes. One call for all would be shorter, and wrong: cargo
/// gives a dependency the features that all packages of a call want of it together, and the first run of one program
/// alone, which wants fewer, then compiles the dependency again. A call that finds all built takes a fraction of a second.
///
/// # Errors
///
/// If one does not build: cargo has then printed why.
pub fn all(project: &Project, programs: &[Program]) -> Result<()> {
    for program in programs {
        executable(project, program, Profile::Release)?;
    }
    Ok(())
}

/// The command that builds one program and tells about it in JSON on standard output.
pub fn command(project: &Project, program: &Program, profile: Profile) -> Command {
    let root = &project.root;
    let mut command = cargo();
    command
        .args(["build", "--message-format=json-render-diagnostics"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    if program.part == Part::Fork {
        // A workspace of its own, which shares the compiled dependencies of ours.
        command
            .arg("--manifest-path")
            .arg(root.join(&program.path).join("Cargo.toml"));
        let moved = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
        if !moved {
            command.arg("--target-dir").arg(root.join("target"));
        }
    } else {
        command
            .args(["--package", &program.name, "--manifest-path"])
            .arg(root.join("Cargo.toml"));
    }
    if profile == Profile::Release {
        command.arg("--release");
    }
    command
}

/// The executable in one line of cargo's messages, if it is that of the crate with this manifest.
pub fn built(message: &str, manifest: &Path) -> Option<PathBuf> {
    let built = cargo::built(message)?;
    (built.manifest == manifest).then_some(built.executable)
}
