//! Waits until what is judged has been changed.
//!
//! By looking at the files now and then: there are few of them, and every editor saves in its own way.

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use project::Project;
use walkdir::WalkDir;

use super::subject::Subject;
use crate::interrupt::Interrupt;

/// How long to wait before looking again: less than a reader notices.
const PAUSE: Duration = Duration::from_millis(150);

/// The files that are judged, as they were.
pub struct Watched {
    folders: Vec<PathBuf>,
    seen: Vec<(PathBuf, SystemTime, u64)>,
}

impl Watched {
    /// As they are now. To be taken before they are judged: what is changed meanwhile is judged next.
    pub fn now(project: &Project, subjects: &[Subject]) -> Watched {
        let folders = subjects.iter().map(|subject| match subject {
            Subject::Exercise(exercise) => project.root.join(exercise.own()).join("src"),
            Subject::Fork(fork) => project.root.join(&fork.path).join("src"),
        });
        let folders: Vec<PathBuf> = folders.collect();
        let seen = seen(&folders);
        Watched { folders, seen }
    }

    /// Whether there was a change, or the reader does not want to wait.
    pub fn wait_for_change(&self, interrupt: &Interrupt) -> bool {
        // The copy of an exercise may have been made since: that is no change of the reader's.
        let mut before = if self.seen.is_empty() {
            seen(&self.folders)
        } else {
            self.seen.clone()
        };
        while !interrupt.is_requested() {
            let now = seen(&self.folders);
            // An editor may save in steps: when nothing is there for a moment, it is not done.
            if now != before && !now.is_empty() {
                return true;
            }
            if now.is_empty() {
                before.clear();
            }
            sleep(PAUSE);
        }
        false
    }
}

fn seen(folders: &[PathBuf]) -> Vec<(PathBuf, SystemTime, u64)> {
    let files = |folder: &PathBuf| WalkDir::new(folder).sort_by_file_name();
    let mut seen = Vec::new();
    for entry in folders.iter().flat_map(files).flatten() {
        let is_code = Path::new(entry.file_name()).extension() == Some("rs".as_ref());
        if let Ok(metadata) = entry.metadata()
            && let Ok(changed) = metadata.modified()
            && is_code
        {
            seen.push((entry.into_path(), changed, metadata.len()));
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_change_is_seen_and_ctrl_c_is_heard() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lib.rs");
        fs::write(&file, "1").expect("written");
        let folders = vec![folder.path().to_owned()];
        let watched = Watched {
            seen: seen(&folders),
            folders,
        };
        assert!(!watched.wait_for_change(&Interrupt::at_once()));
        fs::write(&file, "22").expect("written");
        assert!(watched.wait_for_change(&Interrupt::never()));
    }
}
