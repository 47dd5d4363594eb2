//! A hash of the source that a case measured, so that a result can be told to be out of date.
//!
//! Comments, white space and tests do not count: rewording a comment does not change a measurement.

mod concept;
mod step;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Hashes the source of a case such as `evolution/s01-cache[delay=0]`.
///
/// # Errors
///
/// If a source file cannot be read: the step may be gone.
pub fn hash(root: &Path, case: &str) -> Result<String> {
    let paths = match concept::paths(root, case) {
        Some(paths) => paths?,
        None => step::paths(root, case)?,
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
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
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
