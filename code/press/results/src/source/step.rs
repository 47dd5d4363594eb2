//! The sources of the cases of steps, of what all steps share, and of others' programs.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use project::Part;

/// The parts of `traffic` that a step runs through while it is timed.
pub(super) const MEASURED: [&str; 6] = [
    "answer.rs",
    "directory",
    "hit.rs",
    "input",
    "meter.rs",
    "report.rs",
];

/// The files and folders of a case that is about a step, or about what all steps share.
pub(super) fn paths(root: &Path, case: &str) -> Result<Vec<PathBuf>> {
    let traffic = root.join("code/traffic/src");
    let name = program(case);
    let mut paths: Vec<PathBuf> = if case.starts_with("parser/") {
        vec![traffic.join("hit.rs")]
    } else if case.starts_with("shards/") {
        vec![
            root.join("code/bench/benches/shards.rs"),
            root.join("code/evolution/s10-shard/src/shard.rs"),
        ]
    } else if let Some(script) = peer(root, case, name) {
        vec![script]
    } else {
        let own = match name {
            "cost" => root.join("code/bench/benches/evolution/cost.rs"),
            "newlines" => root.join("code/bench/benches/limit.rs"),
            _ => source_of(root, name)?,
        };
        MEASURED
            .iter()
            .map(|path| traffic.join(path))
            .chain([own])
            .collect()
    };
    paths.push(traffic.join("generator"));
    Ok(paths)
}

/// The program that a case is about: `s01-cache` of `evolution/s01-cache[delay=0]`.
pub(super) fn program(case: &str) -> &str {
    case.split(['/', '[']).nth(1).unwrap_or_default()
}

/// The source folder of a program by its name, whatever its part of the book, or of a reader's fork.
fn source_of(root: &Path, name: &str) -> Result<PathBuf> {
    (Part::OF_THE_BOOK.into_iter())
        .chain([Part::Fork])
        .map(|part| root.join(part.folder()).join(name).join("src"))
        .find(|folder| folder.is_dir())
        .with_context(|| format!("there is no program {name}"))
}

/// The script of a case that runs somebody else's program.
fn peer(root: &Path, case: &str, name: &str) -> Option<PathBuf> {
    let of_peers = case.starts_with("peers/").then_some(root)?;
    ["py", "sh"]
        .iter()
        .map(|extension| of_peers.join(format!("code/bench/peers/with-{name}.{extension}")))
        .find(|script| script.is_file())
}
