//! A hash of the source that a case measured, so that a result can be told to be out of date.
//!
//! Comments, white space and tests do not count: rewording a comment does not change a measurement.

mod case;
mod concept;
mod files;
mod step;
#[cfg(test)]
mod tests;
mod traffic;

use std::path::Path;

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
        files.extend(files::of(&path)?);
    }
    files.sort();
    files.dedup();
    let mut hash = Sha256::new();
    for file in files {
        let text =
            project::read_text(&file).with_context(|| format!("cannot read {}", file.display()))?;
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
