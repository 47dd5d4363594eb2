//! `workbook run`: builds one program of the book and becomes it.

use std::io::{BufRead, BufReader, IsTerminal};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::catalog::{self, Program};
use crate::cli;
use crate::project::Project;

/// Builds the program in release mode and replaces this process with it.
///
/// Replaced, not started: the program then has the reader's terminal, directory and exit code
/// without any forwarding, and Ctrl-C reaches it once.
pub fn run(project: &Project, args: &cli::Run) -> Result<ExitCode> {
    let programs = catalog::programs(&project.root)?;
    if !programs.iter().any(|program| program.name == args.name) {
        bail!("{}", unknown(&args.name, &programs));
    }
    let executable = executable(project, &args.name)?;
    let error = Command::new(&executable).args(&args.args).exec();
    Err(error).with_context(|| format!("cannot run {}", executable.display()))
}

/// Builds one program and tells where cargo put it, which `CARGO_TARGET_DIR` may have moved.
fn executable(project: &Project, name: &str) -> Result<PathBuf> {
    let mut command = cargo();
    command
        .args([
            "build",
            "--release",
            "--package",
            name,
            "--message-format=json-render-diagnostics",
        ])
        .arg("--manifest-path")
        .arg(project.root.join("Cargo.toml"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    let mut child = command.spawn().context("cannot run cargo")?;
    let messages = BufReader::new(child.stdout.take().context("cargo's output is not piped")?);
    let mut found = None;
    for message in messages.lines() {
        found = built(&message.context("cannot read cargo's output")?, name).or(found);
    }
    if !child.wait().context("cannot wait for cargo")?.success() {
        bail!("{name} does not build");
    }
    found.with_context(|| format!("cargo built no program named {name}"))
}

/// The executable in one line of cargo's messages, if it is that of the program.
fn built(message: &str, name: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    let ours = message["reason"] == "compiler-artifact" && message["target"]["name"] == name;
    ours.then(|| {
        message["executable"]
            .as_str()
            .map(|path| Path::new(path).to_path_buf())
    })?
}

/// The cargo that runs us, or else the one on the path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Says that there is no such program, and which ones were perhaps meant.
fn unknown(name: &str, programs: &[Program]) -> String {
    let near: Vec<&str> = programs
        .iter()
        .map(|program| program.name.as_str())
        .filter(|known| {
            known.contains(name) || distance(known, name) <= 3 || without_number(known) == name
        })
        .collect();
    if near.is_empty() {
        return format!("there is no program named {name}; `workbook list` shows them");
    }
    format!(
        "there is no program named {name}; did you mean {}?",
        near.join(" or ")
    )
}

/// `cache` of `s01-cache`.
fn without_number(name: &str) -> &str {
    name.split_once('-').map_or(name, |(_, rest)| rest)
}

/// How many letters must be added, removed or changed to get from one word to the other
/// (Levenshtein), one row of the table at a time.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.bytes().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_of_words() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("s01-cache", "s01-cache"), 0);
    }

    #[test]
    fn the_executable_is_found_among_the_messages() {
        let ours = r#"{"reason":"compiler-artifact","target":{"name":"s01-cache"},"executable":"/t/s01-cache"}"#;
        let library =
            r#"{"reason":"compiler-artifact","target":{"name":"s01_cache"},"executable":null}"#;
        assert_eq!(
            built(ours, "s01-cache"),
            Some(PathBuf::from("/t/s01-cache"))
        );
        assert_eq!(built(library, "s01-cache"), None);
        assert_eq!(built("not json", "s01-cache"), None);
    }
}
