//! `workbook build`: the static site.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{book, cli, say};

/// Lies in every folder that a build has filled, and says that the next build may empty it.
const MARK: &str = ".workbook-build";

/// Builds the site and prints what is wrong with the book.
pub fn build(project: &Project, args: &cli::Build) -> Result<ExitCode> {
    let default = project.root.join("target/book");
    let out = match &args.out {
        Some(out) => std::path::absolute(out).context("cannot tell the current directory")?,
        None => default.clone(),
    };
    if out != default {
        may_be_emptied(&out)?;
    }
    let progress = crate::progress::working("building the book");
    let built = book::build(project, &out, &book::Options { own_results: false })?;
    std::fs::write(
        out.join(MARK),
        "Made by `workbook build`, which empties this folder.\n",
    )
    .with_context(|| format!("cannot write in {}", out.display()))?;
    progress.finish_and_clear();

    for problem in &built.problems {
        say::problem(problem);
    }
    say::note(&format!("the book is in {}", shown(&out).display()));
    if built.problems.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    say::note(&format!(
        "it has {}",
        say::count(built.problems.len(), "problem")
    ));
    Ok(ExitCode::FAILURE)
}

/// A build empties its folder first, so the folder must be new, empty or made by a build.
fn may_be_emptied(out: &Path) -> Result<()> {
    if !out.exists() {
        return Ok(());
    }
    if !out.is_dir() {
        bail!("{} is not a folder", out.display());
    }
    let mut entries =
        std::fs::read_dir(out).with_context(|| format!("cannot read {}", out.display()))?;
    if entries.next().is_some() && !out.join(MARK).is_file() {
        bail!(
            "{} is not empty and holds no earlier build of the book: name a new folder",
            out.display()
        );
    }
    Ok(())
}

/// A path as the reader would write it here.
fn shown(path: &Path) -> PathBuf {
    std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf))
        .unwrap_or_else(|| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_new_an_empty_or_an_own_folder_is_filled() {
        let place = tempfile::tempdir().expect("a folder");
        let out = place.path().join("site");
        may_be_emptied(&out).expect("a new folder");
        std::fs::create_dir(&out).expect("created");
        may_be_emptied(&out).expect("an empty folder");
        std::fs::write(out.join("thesis.txt"), "years of work").expect("written");
        let error = may_be_emptied(&out).expect_err("somebody's folder");
        assert!(error.to_string().contains("not empty"), "{error}");
        std::fs::write(out.join(MARK), "").expect("written");
        may_be_emptied(&out).expect("an earlier build");
        may_be_emptied(&out.join("thesis.txt")).expect_err("a file");
    }
}
