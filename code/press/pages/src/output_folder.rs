//! Where a site may be put: into a folder that is empty, or that an earlier build has filled.
//!
//! A build replaces what lies in its folder, so what counts is the folder that is really meant, behind all links and `..`,
//! and that it says of itself that a build has filled it: its name and its place say nothing.

mod filled;

use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use project::Project;

use self::filled::Filled;

/// Lies in every folder that a build fills, from before the first file until after the last.
const MARK: &str = ".workbook-build";

/// What mdBook itself leaves in a folder that it has filled, and how that begins.
const MDBOOKS_MARK: &str = ".nojekyll";
const MDBOOKS_TEXT: &str =
    "This file makes sure that Github Pages doesn't process mdBook's output.";

/// A folder that is ours to fill; no other build fills it as long as this lives.
#[derive(Debug)]
pub struct OutputFolder {
    folder: PathBuf,
    /// What an earlier build has put there.
    earlier: Filled,
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
        let earlier = match Filled::read(&std::fs::read_to_string(&mark).with_context(unwritable)?)
        {
            Some(earlier) => earlier,
            // It is new, or of mdBook, which keeps no list: all that lies there is of a build.
            None => Filled::everything_in(&folder, MARK)?,
        };
        std::fs::write(&mark, earlier.mark(&Filled::default())).with_context(unwritable)?;
        Ok(OutputFolder {
            folder,
            earlier,
            _lock: lock,
        })
    }

    /// Puts a finished site there in the place of the earlier one, and leaves alone what is of neither.
    ///
    /// # Errors
    ///
    /// If something that is of neither stands in the way, or the folder cannot be written. Then its mark lists what may be
    /// replaced.
    pub fn fill(&self, site: &Path) -> Result<()> {
        let files = Filled::everything_in(site, MARK)?;
        files.ensure_room(&self.folder, &self.earlier)?;
        let mark = |files: &Filled, and: &Filled| {
            let mark = self.folder.join(MARK);
            std::fs::write(&mark, files.mark(and))
                .with_context(|| format!("cannot write {}", mark.display()))
        };
        mark(&files, &self.earlier)?;
        files.copy(site, &self.folder)?;
        files.remove_rest(&self.folder, &self.earlier)?;
        mark(&files, &Filled::default())
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

#[cfg(test)]
mod tests;
