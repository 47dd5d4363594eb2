//! A hash of the source that a case measured, so that a result can be told to be out of date.
//!
//! Comments, white space and tests do not count: rewording a comment does not change a measurement.

mod concept;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The parts of `traffic` that a step runs through while it is timed.
const MEASURED: [&str; 6] = [
    "answer.rs",
    "directory",
    "hit.rs",
    "input",
    "meter.rs",
    "report.rs",
];

/// Hashes the source of a case such as `evolution/s01-cache[delay=0]`.
///
/// # Errors
///
/// If a source file cannot be read: the step may be gone.
pub fn hash(root: &Path, case: &str) -> Result<String> {
    let paths = match concept::paths(root, case) {
        Some(paths) => paths?,
        None => paths(root, case)?,
    };
    let mut files = Vec::new();
    for path in paths {
        if path.is_file() {
            files.push(path);
        } else {
            rust_files(&path, &mut files)?;
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        hash.update(code_of(&text));
        hash.update([0]);
    }
    Ok(hash
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// The files and folders of a case that is about a step, or about what all steps share.
fn paths(root: &Path, case: &str) -> Result<Vec<PathBuf>> {
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
            _ => step(root, name)?,
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
fn program(case: &str) -> &str {
    case.split(['/', '[']).nth(1).unwrap_or_default()
}

/// The source folder of a program by its name, whatever its part of the book, or of a reader's fork.
fn step(root: &Path, name: &str) -> Result<PathBuf> {
    ["code/evolution", "code/mapping", "code/network", "my-work"]
        .iter()
        .map(|part| root.join(part).join(name).join("src"))
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

fn rust_files(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let module = path.with_extension("rs");
    if path.file_stem().is_some_and(|stem| stem == "tests") {
        return Ok(());
    }
    if path.is_dir() {
        for entry in
            std::fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?
        {
            rust_files(&entry?.path(), files)?;
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        files.push(path.to_owned());
    }
    if path.is_dir() && module.is_file() {
        files.push(module);
    }
    Ok(())
}

/// The text without tests, comment lines and white space.
fn code_of(text: &str) -> String {
    let text = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let code = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"));
    code.flat_map(|line| line.split_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_counts() {
        let one = "//! Docs\nfn a() { // why\n    1\n}\n\n#[cfg(test)]\nmod tests { 1 }";
        let same = "/// Other docs\nfn a() { // why\n1 }";
        let other = "fn a() { // why\n 2 }";
        assert_eq!(code_of(one), code_of(same));
        assert_ne!(code_of(one), code_of(other));
    }

    #[test]
    fn a_step_has_a_hash_of_its_own() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let baseline = hash(&root, "evolution/s00-baseline").unwrap();
        assert_eq!(
            baseline,
            hash(&root, "process/s00-baseline[delay=0]").unwrap()
        );
        assert_ne!(baseline, hash(&root, "evolution/s01-cache").unwrap());
        assert!(hash(&root, "evolution/s99-none").is_err());
        let shards = hash(&root, "shards/get[shards=1,threads=1]").unwrap();
        assert_ne!(shards, hash(&root, "evolution/s10-shard").unwrap());
    }
}
