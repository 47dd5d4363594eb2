//! The sources of the cases about a step, or about what all steps share.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::case::program;
use super::traffic;

/// The files and folders of a case.
///
/// # Errors
///
/// If the case is about no program, or a folder cannot be read.
pub(super) fn paths(root: &Path, case: &str) -> Result<Vec<PathBuf>> {
    let generator = root.join("code/traffic/src/generator");
    let name = program(case);
    if case.starts_with("parser/") {
        return Ok(vec![root.join("code/traffic/src/hit"), generator]);
    }
    if case.starts_with("shards/") {
        let bench = root.join("code/bench/benches/shards.rs");
        let cache = root.join("code/evolution/s10-shard/src/shard.rs");
        return Ok(vec![bench, cache, generator]);
    }
    if let "hop" | "ladder" = name {
        return Ok(hop(root));
    }
    if let Some(script) = peer(root, case, name) {
        return Ok(vec![script, generator]);
    }
    if case.starts_with("far/") && name != "n03-failure" {
        return Ok(far(root));
    }
    let own = match name {
        "ahead" | "cost" | "multiplexed" => {
            root.join(format!("code/bench/benches/evolution/{name}.rs"))
        }
        "newlines" => root.join("code/bench/benches/limit.rs"),
        _ => step(root, name)?,
    };
    let mut paths = traffic::modules(root)?;
    paths.push(own);
    Ok(paths)
}

/// The source folder of a program by its name, whatever its part of the book, or of a reader's fork.
fn step(root: &Path, name: &str) -> Result<PathBuf> {
    let parts = std::fs::read_dir(root.join("code"))
        .context("there is no folder code")?
        .filter_map(|entry| Some(entry.ok()?.path()));
    parts
        .chain([root.join("my-work")])
        .map(|part| part.join(name).join("src"))
        .find(|folder| folder.is_dir())
        .with_context(|| format!("there is no program {name}"))
}

/// What one hop to a neighbour runs through: its bench, the channels of n01 with their wire, and Part I's ladder.
fn hop(root: &Path) -> Vec<PathBuf> {
    let wire = ["channel.rs", "keys.rs", "tls.rs", "wire.rs"];
    let wire = wire.map(|file| root.join("code/network/n01-remote-channels/src").join(file));
    let others = [
        "code/bench/benches/network",
        "code/mapping/traits-are-rpc/src",
    ];
    let others = others.map(|folder| root.join(folder));
    others.into_iter().chain(wire).collect()
}

/// What is worked out or simulated about many nodes: the arithmetic, the simulation, and the step that it runs. The
/// measurements that the numbers come from are a file of the results.
fn far(root: &Path) -> Vec<PathBuf> {
    let sources = [
        "code/bench/src/far.rs",
        "code/network/n03-failure/src",
        "code/network/simulation/src",
    ];
    sources.map(|source| root.join(source)).into()
}

/// The script of a case that runs another project's program.
fn peer(root: &Path, case: &str, name: &str) -> Option<PathBuf> {
    let of_peers = case.starts_with("peers/").then_some(root)?;
    ["py", "sh"]
        .iter()
        .map(|extension| of_peers.join(format!("code/bench/peers/with-{name}.{extension}")))
        .find(|script| script.is_file())
}
