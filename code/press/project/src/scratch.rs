//! Folders for work that is not kept: `target/book-XXXXXX`.
//!
//! Each is locked as long as its process lives. A process that is ended in mid-work leaves its folder behind without the
//! lock, and the next one that needs a folder removes it.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

const PREFIX: &str = "book-";

/// A folder that vanishes with this value.
pub struct Scratch {
    folder: TempDir,
    /// The folder itself, locked; the system unlocks it when the process ends, however it ends.
    _lock: File,
}

impl Scratch {
    /// Makes an empty folder in `target`, and removes those that were abandoned there.
    ///
    /// # Errors
    ///
    /// If there can be no folder.
    pub fn new_in(target: &Path) -> Result<Scratch> {
        let failed = || format!("cannot make a folder in {}", target.display());
        std::fs::create_dir_all(target).with_context(failed)?;
        // One at a time: a folder that is not locked yet looks like an abandoned one.
        let turn = File::open(target).with_context(failed)?;
        turn.lock().with_context(failed)?;
        remove_abandoned(target);
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(target)
            .with_context(failed)?;
        let lock = File::open(folder.path()).with_context(failed)?;
        lock.lock().with_context(failed)?;
        Ok(Scratch {
            folder,
            _lock: lock,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes the folders that nobody has locked. What cannot be removed harms nobody: the next start tries again.
fn remove_abandoned(target: &Path) {
    for path in folders(target) {
        let abandoned = File::open(&path).is_ok_and(|folder| folder.try_lock().is_ok());
        if abandoned {
            let _ = std::fs::remove_dir_all(&path);
        }
    }
}

/// The folders with names as we give them; links are none.
fn folders(target: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(target).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| {
        let name = entry.file_name();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        is_folder
            && name
                .to_str()
                .and_then(|name| name.strip_prefix(PREFIX))
                .is_some_and(is_random)
    });
    ours.map(|entry| entry.path()).collect()
}

/// Whether that is the end of a name that `tempfile` has made up.
fn is_random(end: &str) -> bool {
    end.len() == 6 && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_abandoned_is_removed_and_what_is_in_use_is_not() {
        let target = tempfile::tempdir().expect("a folder");
        let target = target.path();
        let abandoned = target.join("book-aB3xyz");
        for folder in ["book-aB3xyz/start", "book-notes", "book", "other-aB3xyz"] {
            std::fs::create_dir_all(target.join(folder)).expect("created");
        }
        std::fs::write(abandoned.join("start/idea.html"), "<html>").expect("written");
        let used = Scratch::new_in(target).expect("a folder");
        assert!(!abandoned.exists(), "it was abandoned");
        std::fs::write(used.path().join("page.html"), "<html>").expect("written");
        let next = Scratch::new_in(target).expect("another folder");
        assert!(used.path().join("page.html").is_file(), "it is in use");
        assert_ne!(used.path(), next.path());
        for kept in ["book-notes", "book", "other-aB3xyz"] {
            assert!(target.join(kept).is_dir(), "{kept} is none of ours");
        }
        let path = next.path().to_path_buf();
        drop(next);
        assert!(!path.exists());
    }

    #[test]
    fn many_at_once_have_a_folder_each() {
        let target = tempfile::tempdir().expect("a folder");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let scratch = Scratch::new_in(target.path()).expect("a folder");
                        std::fs::write(scratch.path().join("page"), "text").expect("it stays");
                    }
                });
            }
        });
    }
}
