//! Where a site may be put: into a folder that is empty, or that an earlier build has filled.
//!
//! A build empties its folder, so what counts is the folder that is really meant, behind all links and `..`, and that it
//! says of itself that a build has filled it: its name and its place say nothing.

use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use project::Project;
use walkdir::WalkDir;

/// Lies in every folder that a build fills, from before the first file until after the last.
const MARK: &str = ".workbook-build";
const MARK_TEXT: &str = "Made by `workbook build`, which empties this folder.\n";

/// What mdBook itself leaves in a folder that it has filled, and how that begins.
const MDBOOKS_MARK: &str = ".nojekyll";
const MDBOOKS_TEXT: &str =
    "This file makes sure that Github Pages doesn't process mdBook's output.";

/// A folder that is ours to fill; no other build fills it as long as this lives.
#[derive(Debug)]
pub struct OutputFolder {
    folder: PathBuf,
    /// The mark, locked.
    _lock: File,
}

impl OutputFolder {
    /// Takes a folder for a site, before anything is built.
    ///
    /// # Errors
    ///
    /// If it is refused, or cannot be written.
    pub fn take(project: &Project, out: &Path) -> Result<OutputFolder> {
        let folder = resolved(out)?;
        ensure_free(project, &folder)?;
        let unwritable = || format!("cannot write in {}", folder.display());
        std::fs::create_dir_all(&folder).with_context(unwritable)?;
        let mark = folder.join(MARK);
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&mark)
            .with_context(unwritable)?;
        if matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
            bail!("another build is writing to {}", folder.display());
        }
        std::fs::write(&mark, MARK_TEXT).with_context(unwritable)?;
        Ok(OutputFolder {
            folder,
            _lock: lock,
        })
    }

    /// Empties the folder but for its mark, and moves a finished site there.
    ///
    /// # Errors
    ///
    /// If it cannot be written; the mark then says that what is there may be replaced.
    pub fn fill(&self, site: &Path) -> Result<()> {
        let failed = || format!("cannot write in {}", self.folder.display());
        for entry in std::fs::read_dir(&self.folder).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            if entry.file_name() == MARK {
                continue;
            }
            let removed = match entry.file_type().with_context(failed)?.is_dir() {
                true => std::fs::remove_dir_all(entry.path()),
                // A link goes, and not what it leads to.
                false => std::fs::remove_file(entry.path()),
            };
            removed.with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
        copy(site, &self.folder)
    }
}

/// Refuses a folder that mdBook is about to empty unless that loses nothing: `mdbook build` asks nobody.
///
/// # Errors
///
/// If it is refused: why.
pub fn ensure_free_for_mdbook(project: &Project, out: &Path) -> Result<()> {
    let folder = resolved(out)?;
    if is_mdbooks(&folder) {
        return ensure_apart(project, &folder);
    }
    ensure_free(project, &folder)
}

/// Refuses a folder that holds anything but an earlier build, and one that holds, or is in, what is not built.
fn ensure_free(project: &Project, folder: &Path) -> Result<()> {
    ensure_apart(project, folder)?;
    if !folder.exists() {
        return Ok(());
    }
    ensure!(folder.is_dir(), "{} is not a folder", folder.display());
    let mut entries = folder
        .read_dir()
        .with_context(|| format!("cannot read {}", folder.display()))?;
    // Where `mdbook build` puts the site, it leaves no mark of ours.
    let is_default = resolved(&project.root.join("target/book"))? == folder;
    ensure!(
        entries.next().is_none()
            || folder.join(MARK).is_file()
            || (is_default && is_mdbooks(folder)),
        "{} is not empty and holds no earlier build of the book: name a new folder",
        folder.display()
    );
    Ok(())
}

/// Refuses what would take the sources, or what the reader has made, along when it is emptied, also later.
fn ensure_apart(project: &Project, folder: &Path) -> Result<()> {
    let root = resolved(&project.root)?;
    let kept = [
        (project.book(), "the book's sources"),
        (project.root.join("code"), "the programs' sources"),
        (project.root.join("my-work"), "your own programs"),
        (project.root.join(".git"), "the project's history"),
        (project.own_results(), "your measurements"),
    ];
    for (path, what) in kept {
        let path = resolved(&path)?;
        ensure!(
            !root.starts_with(folder) && !path.starts_with(folder) && !folder.starts_with(&path),
            "{} holds {what}: choose another folder for the site",
            folder.display()
        );
    }
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    let home = home.map(|home| resolved(&home)).transpose()?;
    ensure!(
        home.is_none_or(|home| !home.starts_with(folder)),
        "{} is, or holds, your home: choose another folder for the site",
        folder.display()
    );
    Ok(())
}

fn is_mdbooks(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join(MDBOOKS_MARK))
        .is_ok_and(|text| text.starts_with(MDBOOKS_TEXT))
}

/// The path without links and `..`; what is not there yet is as it is written.
///
/// # Errors
///
/// If a link leads nowhere.
fn resolved(path: &Path) -> Result<PathBuf> {
    ensure!(
        path != OsStr::new("-"),
        "a site is a folder, and cannot go to standard output"
    );
    let path = std::path::absolute(path).context("cannot tell the current directory")?;
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            // What stands before it has no links any more.
            Component::ParentDir => drop(resolved.pop()),
            Component::CurDir => {}
            part => resolved.push(part),
        }
        // Also what is no link, for systems on which `Book` is `book`.
        match resolved.canonicalize() {
            Ok(real) => resolved = real,
            Err(_) if resolved.is_symlink() => {
                bail!("the link {} leads nowhere", resolved.display())
            }
            Err(_) => {}
        }
    }
    Ok(resolved)
}

/// Copies what lies in a folder, and below.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in WalkDir::new(from).min_depth(1) {
        let entry = entry.with_context(|| format!("cannot read {}", from.display()))?;
        let to = to.join(entry.path().strip_prefix(from).unwrap_or(entry.path()));
        let copied = match entry.file_type().is_dir() {
            true => std::fs::create_dir(&to),
            false => std::fs::copy(entry.path(), &to).map(drop),
        };
        copied.with_context(|| format!("cannot write {}", to.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
