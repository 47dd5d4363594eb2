//! Watches the sources of the book: its text, the code that it shows, the reader's results.
//!
//! Editors save in several steps (write aside, rename, touch), so a change is told only when it has
//! been quiet for a moment. Reading is no change: a build reads everything that is watched.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use project::Project;
use project::leftover::is_leftover;

use crate::terminal;

/// How long it must have been quiet. Longer than an editor's steps, shorter than a reader notices.
const QUIET: Duration = Duration::from_millis(80);

/// Watches until it is dropped.
pub struct Watch {
    // The thread that tells has a weak one: it ends with this.
    _watcher: Arc<Mutex<RecommendedWatcher>>,
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
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            for path in changes(&root, event) {
                // A send fails only when the watch is over.
                let _ = sender.send(path);
            }
        })
        .context("cannot watch for changes")?;
        let watcher = Arc::new(Mutex::new(watcher));
        // The first measurement may be made while the book is served; without the folder it is not seen.
        let _ = std::fs::create_dir_all(project.own_results());
        // For book.toml, and to see folders come and go.
        watch(&watcher, &project.root, RecursiveMode::NonRecursive)?;
        for folder in folders(project) {
            watch(&watcher, &folder, RecursiveMode::Recursive)?;
        }
        let (project, weak) = (project.clone(), Arc::downgrade(&watcher));
        std::thread::spawn(move || tell(&receiver, &project, &weak, changed));
        Ok(Watch { _watcher: watcher })
    }
}

/// The folders that are watched with all that is in them, as far as they are there.
fn folders(project: &Project) -> Vec<PathBuf> {
    let mut folders = vec![
        project.book(),
        project.root.join("code"),
        project.own_results(),
    ];
    folders.retain(|folder| folder.is_dir());
    folders
}

fn watch(watcher: &Mutex<RecommendedWatcher>, folder: &Path, mode: RecursiveMode) -> Result<()> {
    let mut watcher = watcher.lock().unwrap_or_else(PoisonError::into_inner);
    // What was renamed and renamed back is watched in name only: the system has dropped it.
    let _ = watcher.unwatch(folder);
    watcher
        .watch(folder, mode)
        .with_context(|| format!("cannot watch {}", folder.display()))
}

/// Gathers what arrives until it is quiet, and tells it; ends when the watcher is gone.
fn tell(
    receiver: &Receiver<PathBuf>,
    project: &Project,
    watcher: &Weak<Mutex<RecommendedWatcher>>,
    mut changed: impl FnMut(&[PathBuf]),
) {
    while let Ok(first) = receiver.recv() {
        let mut paths = BTreeSet::from([first]);
        loop {
            match receiver.recv_timeout(QUIET) {
                Ok(path) => paths.insert(path),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            };
        }
        // A folder that was moved away, or deleted, and is back is another one. Before it is told, or what changes in
        // between would be lost.
        let has_moved = |folder: &&PathBuf| paths.contains(*folder);
        for folder in folders(project).iter().filter(has_moved) {
            if let Some(Err(error)) =
                (watcher.upgrade()).map(|watcher| watch(&watcher, folder, RecursiveMode::Recursive))
            {
                terminal::error(&error);
            }
        }
        changed(&Vec::from_iter(paths));
    }
}

/// The changed files of an event. When the system has lost some, or cannot say, that is the whole book.
fn changes(root: &Path, event: notify::Result<Event>) -> Vec<PathBuf> {
    let mut event = match event {
        Ok(event) if event.need_rescan() => return vec![root.join("book")],
        Ok(event) => event,
        Err(error) => {
            terminal::error(&anyhow::Error::new(error).context("some changes may not be seen"));
            return Vec::new();
        }
    };
    if !is_change(event.kind) {
        return Vec::new();
    }
    event.paths.retain(|path| is_source(root, path));
    event.paths
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
    let temporary = is_leftover(&name);
    let at_root = inside.components().count() == 1;
    let built = inside.starts_with("code") && inside.iter().any(|part| part == "target");
    !temporary && !built && (!at_root || ["book.toml", "book", "code"].contains(&&*name))
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
            "book",
            "code",
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

    /// As `mv book x; mv x book` does, and a version control system that changes branches.
    #[test]
    fn a_folder_that_went_and_came_back_is_watched() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a real path");
        std::fs::create_dir_all(root.join("book/start")).expect("created");
        let (sender, told) = mpsc::channel();
        let project = Project::at(root.clone());
        let _watch = Watch::start(&project, move |paths| {
            sender.send(paths.to_vec()).expect("heard");
        })
        .expect("watching");
        let wait_for = |path: PathBuf| {
            let paths = || {
                told.recv_timeout(Duration::from_secs(20))
                    .expect("a change is told")
            };
            while !paths().contains(&path) {}
        };
        let (book, away) = (root.join("book"), root.join("x"));
        std::fs::rename(&book, &away).expect("moved");
        std::fs::rename(&away, &book).expect("moved back");
        wait_for(book.clone());
        std::fs::write(book.join("start/idea.md"), "a").expect("written");
        wait_for(book.join("start/idea.md"));

        // The second time with a moment in between, in which there is no book.
        std::fs::rename(&book, &away).expect("moved");
        wait_for(book.clone());
        std::fs::rename(&away, &book).expect("moved back");
        wait_for(book.clone());
        std::fs::write(book.join("start/idea.md"), "b").expect("written");
        wait_for(book.join("start/idea.md"));

        // And as another folder of the same name.
        std::fs::remove_dir_all(&book).expect("removed");
        wait_for(book.clone());
        std::fs::create_dir_all(book.join("new")).expect("created");
        wait_for(book.clone());
        std::fs::write(book.join("new/idea.md"), "c").expect("written");
        wait_for(book.join("new/idea.md"));
    }
}
