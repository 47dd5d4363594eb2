//! Builds one program of the book, a fork of one, or the judge of an exercise, by cargo.

use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use project::Part;
use project::Program;
use project::Project;
use project::cargo::{self, cargo};
use project::exercises::Exercise;

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
    let command = command(project, program, profile);
    let manifest = project.root.join(&program.path).join("Cargo.toml");
    run(command, &manifest, &program.name)
}

/// Builds the judge of an exercise, on the learner's copy of it, and tells where cargo put it.
///
/// # Errors
///
/// If it does not build: cargo has then printed why.
pub fn judge(project: &Project, exercise: &Exercise) -> Result<PathBuf> {
    let manifest = project.root.join(exercise.own()).join("Cargo.toml");
    let mut command = cargo();
    command.args(["test", "--no-run", "--test", "judge"]);
    if exercise.about.optimised {
        command.arg("--release");
    }
    telling(&mut command);
    in_own_workspace(project, &manifest, &mut command);
    run(command, &manifest, &exercise.name)
}

/// Runs cargo, with its own progress, and finds the program that came of it.
fn run(mut command: Command, manifest: &Path, name: &str) -> Result<PathBuf> {
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    let mut child = command.spawn().context("cannot run cargo")?;
    let messages = BufReader::new(child.stdout.take().context("cargo's output is not piped")?);
    let mut found = None;
    for message in messages.lines() {
        found = built(&message.context("cannot read cargo's output")?, manifest).or(found);
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
    command.arg("build");
    telling(&mut command);
    if program.part == Part::Fork {
        let manifest = root.join(&program.path).join("Cargo.toml");
        in_own_workspace(project, &manifest, &mut command);
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

/// Cargo's messages in JSON on standard output, and those of the compiler as they are read by people.
fn telling(command: &mut Command) {
    command
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
}

/// A workspace of its own, which shares the compiled dependencies of ours.
fn in_own_workspace(project: &Project, manifest: &Path, command: &mut Command) {
    command.arg("--manifest-path").arg(manifest);
    let moved = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    if !moved {
        let target = project.root.join("target");
        command.arg("--target-dir").arg(target);
    }
}

/// The executable in one line of cargo's messages, if it is that of the crate with this manifest.
pub fn built(message: &str, manifest: &Path) -> Option<PathBuf> {
    let built = cargo::built(message)?;
    (built.manifest == manifest).then_some(built.executable)
}
