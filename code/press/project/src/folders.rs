//! Where the project is: the nearest `book.toml` upward from the current directory.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::scratch::Scratch;

/// The project's folders.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder that holds `book.toml`.
    pub root: PathBuf,
    /// The folder of the chapters, relative to the root.
    source: PathBuf,
}

impl Project {
    /// The project in this folder, with its chapters in `book`.
    pub fn at(root: impl Into<PathBuf>) -> Project {
        Project::with_source(root, "book")
    }

    /// The project in this folder, with its chapters in another one: mdBook's `src`.
    pub fn with_source(root: impl Into<PathBuf>, source: impl Into<PathBuf>) -> Project {
        Project {
            root: root.into(),
            source: source.into(),
        }
    }

    /// Finds the project of the current directory.
    ///
    /// # Errors
    ///
    /// If there is no `book.toml` here or above.
    pub fn find() -> Result<Project> {
        let here = std::env::current_dir().context("cannot tell the current directory")?;
        here.ancestors()
            .find(|folder| folder.join("book.toml").is_file())
            .map(Project::at)
            .with_context(|| format!("no book.toml in {} or above it", here.display()))
    }

    /// The chapters, themes and results.
    pub fn book(&self) -> PathBuf {
        self.root.join(&self.source)
    }

    /// The committed measurements.
    pub fn results(&self) -> PathBuf {
        self.book().join("results")
    }

    /// The reader's own measurements, beside the book's and never committed.
    pub fn own_results(&self) -> PathBuf {
        self.root.join("target/results")
    }

    /// A new folder for a build that only we look at; it vanishes with the returned value.
    ///
    /// A folder of its own each time, so that several servers and checks do not meet in it.
    ///
    /// # Errors
    ///
    /// If there can be no folder.
    pub fn scratch(&self) -> Result<Scratch> {
        Scratch::new_in(&self.root.join("target"))
    }

    /// A path as it is shown: relative to the root where it lies inside.
    pub fn shown<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}
