//! Copies a crate's files, and renames its library in them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::WalkDir;

/// A library's old and new name, as they stand in code.
pub struct Renamed {
    old: String,
    new: String,
}

impl Renamed {
    /// By the names of the packages.
    pub fn new(old: &str, new: &str) -> Renamed {
        Renamed {
            old: old.replace('-', "_"),
            new: new.replace('-', "_"),
        }
    }

    /// The code with the new name wherever the old one stands as a whole word.
    fn in_code(&self, code: &str) -> String {
        let is_part = |char: char| char.is_alphanumeric() || char == '_';
        let mut text = String::new();
        let mut rest = code;
        while let Some(at) = rest.find(&self.old) {
            let (before, after) = (&rest[..at], &rest[at + self.old.len()..]);
            let whole = !before.ends_with(is_part) && !after.starts_with(is_part);
            text += before;
            text += if whole { &self.new } else { &self.old };
            rest = after;
        }
        text + rest
    }
}

/// Copies all but the manifest, the lock file, what was built, and hidden files.
///
/// # Errors
///
/// If a file cannot be read or written.
pub fn tree(from: &Path, to: &Path, renamed: &Renamed) -> Result<()> {
    for file in files(from)? {
        let path = file.strip_prefix(from).unwrap_or(&file);
        let is_ours = ["Cargo.toml", "Cargo.lock"]
            .iter()
            .any(|name| path == Path::new(name));
        if is_ours || path.starts_with("target") {
            continue;
        }
        let copy = to.join(path);
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        if file.extension().is_some_and(|extension| extension == "rs") {
            let code = project::read_text(&file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            fs::write(&copy, renamed.in_code(&code))
                .with_context(|| format!("cannot write {}", copy.display()))?;
        } else {
            fs::copy(&file, &copy).with_context(|| format!("cannot copy {}", file.display()))?;
        }
    }
    Ok(())
}

/// All files below a folder that are not hidden, sorted; where a link leads, too.
///
/// # Errors
///
/// If a folder cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let is_hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
    let all = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let shown = all
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    let mut files = Vec::new();
    for entry in shown {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if !entry.file_type().is_dir() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_renamed() {
        let renamed = Renamed::new("s01-cache", "my-own");
        assert_eq!(
            renamed.in_code("s01_cache::run, xs01_cache, s01_cache2, (s01_cache)"),
            "my_own::run, xs01_cache, s01_cache2, (my_own)"
        );
        assert_eq!(renamed.in_code("nothing"), "nothing");
    }
}
