//! Watches the sources of the book: its text, the code that it shows, the reader's results.
//!
//! Editors save in several steps (write aside, rename, touch), so a change is told only when it has
//! been quiet for a moment. Reading is no change: a build reads everything that is watched.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use project::Project;

/// How long it must have been quiet. Longer than an editor's steps, shorter than a reader notices.
const QUIET: Duration = Duration::from_millis(80);

/// Watches until it is dropped.
pub struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Calls `changed` with the changed files, in a thread of its own, one call after the other.
    ///
    /// # Errors
    ///
    /// If the system cannot watch the folders.
    pub fn start(
        project: &Project,
        changed: impl FnMut(&[PathBuf]) + Send + 'static,
    ) -> Result<Watch> {
        let (sender, receiver) = mpsc::channel();
        let root = project.root.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let Ok(event) = event else { return };
            for path in event.paths {
                if is_change(event.kind) && is_source(&root, &path) {
                    // A send fails only when the watch is over.
                    let _ = sender.send(path);
                }
            }
        })
        .context("cannot watch for changes")?;
        let mut add = |folder: PathBuf, mode| {
            watcher
                .watch(&folder, mode)
                .with_context(|| format!("cannot watch {}", project.shown(&folder).display()))
        };
        // The first measurement may be made while the book is served; without the folder it is not seen.
        let _ = std::fs::create_dir_all(project.own_results());
        add(project.root.clone(), RecursiveMode::NonRecursive)?; // for book.toml
        for folder in [
            project.book(),
            project.root.join("code"),
            project.own_results(),
        ] {
            if folder.is_dir() {
                add(folder, RecursiveMode::Recursive)?;
            }
        }
        std::thread::spawn(move || tell(&receiver, changed));
        Ok(Watch { _watcher: watcher })
    }
}

/// Gathers what arrives until it is quiet, and tells it; ends when the watcher is gone.
fn tell(receiver: &Receiver<PathBuf>, mut changed: impl FnMut(&[PathBuf])) {
    while let Ok(first) = receiver.recv() {
        let mut paths = BTreeSet::from([first]);
        loop {
            match receiver.recv_timeout(QUIET) {
                Ok(path) => paths.insert(path),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            };
        }
        changed(&Vec::from_iter(paths));
    }
}

fn is_change(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)
    )
}

/// Whether the book may be made from a file: not an editor's swap file, not a build's output.
fn is_source(root: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else {
        return false;
    };
    let name = inside.file_name().unwrap_or_default().to_string_lossy();
    let temporary =
        name.starts_with('.') || name.ends_with('~') || name.ends_with(".tmp") || name == "4913";
    let at_root = inside.components().count() == 1;
    let built = inside.starts_with("code") && inside.iter().any(|part| part == "target");
    !temporary && !built && (!at_root || name == "book.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_told_from_what_editors_and_builds_leave() {
        let root = Path::new("/p");
        for source in [
            "book.toml",
            "book/start/idea.md",
            "code/traffic/src/hit.rs",
            "book/theme/a.css",
            "target/results/a.json",
        ] {
            assert!(is_source(root, &root.join(source)), "{source}");
        }
        for other in [
            "Cargo.lock",
            "target",
            "book/.idea.md.swp",
            "book/idea.md~",
            "book/4913",
            "code/x/target/a.rs",
        ] {
            assert!(!is_source(root, &root.join(other)), "{other}");
        }
        assert!(!is_source(root, Path::new("/elsewhere/book/idea.md")));
    }

    #[test]
    fn a_save_is_told_once() {
        let folder = tempfile::tempdir().expect("a folder");
        // macOS tells real paths, and its temporary folder is a link.
        let root = folder.path().canonicalize().expect("a real path");
        std::fs::create_dir(root.join("book")).expect("created");
        let (sender, told) = mpsc::channel();
        let project = Project::at(root.clone());
        let _watch = Watch::start(&project, move |paths| {
            sender.send(paths.to_vec()).expect("heard");
        })
        .expect("watching");

        let chapter = root.join("book/idea.md");
        for text in ["a", "ab", "abc"] {
            std::fs::write(&chapter, text).expect("written");
        }
        let paths = told
            .recv_timeout(Duration::from_secs(20))
            .expect("a change is told");
        assert_eq!(paths, [chapter]);
    }
}
