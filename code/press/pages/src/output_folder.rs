//! Where a site may be built: mdBook empties that folder first.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use project::Project;

/// Lies in every folder that a build has filled, and says that the next build may empty it.
const MARK: &str = ".workbook-build";

/// Refuses a folder that holds anything but an earlier build.
///
/// What lies in `target` is ours to replace, also if a build was interrupted in it.
///
/// # Errors
///
/// If it is refused: why.
pub fn ensure_free(project: &Project, out: &Path) -> Result<()> {
    ensure!(
        !project.root.starts_with(out) && !out.starts_with(project.book()),
        "{} holds the book's sources: choose another folder for the site",
        out.display()
    );
    if !out.exists() || out.starts_with(project.root.join("target")) {
        return Ok(());
    }
    ensure!(out.is_dir(), "{} is not a folder", out.display());
    let mut entries = out
        .read_dir()
        .with_context(|| format!("cannot read {}", out.display()))?;
    ensure!(
        entries.next().is_none() || out.join(MARK).is_file(),
        "{} is not empty and holds no earlier build of the book: name a new folder",
        out.display()
    );
    Ok(())
}

/// Marks a folder as filled by a build.
///
/// # Errors
///
/// If it cannot be written.
pub fn mark(out: &Path) -> Result<()> {
    let text = "Made by `workbook build`, which empties this folder.\n";
    std::fs::write(out.join(MARK), text)
        .with_context(|| format!("cannot write in {}", out.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_new_an_empty_or_an_own_folder_is_filled() {
        let place = tempfile::tempdir().expect("a folder");
        let project = Project::at(place.path().join("project"));
        let free = |out: &Path| ensure_free(&project, out);
        let out = place.path().join("site");
        free(&out).expect("a new folder");
        std::fs::create_dir(&out).expect("created");
        free(&out).expect("an empty folder");
        std::fs::write(out.join("thesis.txt"), "years of work").expect("written");
        let error = free(&out).expect_err("somebody's folder");
        assert!(error.to_string().contains("not empty"), "{error}");
        mark(&out).expect("written");
        free(&out).expect("an earlier build");
        free(&out.join("thesis.txt")).expect_err("a file");
        for sources in [".", "..", "book", "book/start"] {
            let sources = project::chapters::normal(&project.root.join(sources));
            let error = free(&sources).expect_err("the sources");
            assert!(error.to_string().contains("the book's sources"), "{error}");
        }
        let interrupted = project.root.join("target/book");
        std::fs::create_dir_all(&interrupted).expect("created");
        std::fs::write(interrupted.join("half.html"), "<html>").expect("written");
        free(&interrupted).expect("ours");
    }
}
