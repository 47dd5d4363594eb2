//! `workbook build`: the static site.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use project::Project;
use project::count;
use stage::terminal;

use crate::{book, cli};

/// Builds the site and prints what is wrong with the book.
pub fn build(project: &Project, args: &cli::Build) -> Result<ExitCode> {
    let out = match &args.out {
        Some(out) => out.clone(),
        None => project.root.join("target/book"),
    };
    let progress = crate::terminal::working("building the book");
    let options = book::Options {
        address: args.url.clone(),
        ..book::Options::default()
    };
    let built = book::build(project, &out, &options)?;
    progress.finish_and_clear();

    for problem in &built.problems {
        terminal::problem(problem);
    }
    terminal::note(&format!("the book is in {}", shown(&out).display()));
    if !built.talk.deck.slides.is_empty() {
        terminal::note(&format!(
            "the talk is in {}",
            shown(&out.join("talk")).display()
        ));
    }
    if built.problems.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    terminal::note(&format!(
        "it has {}",
        count(built.problems.len(), "problem")
    ));
    Ok(ExitCode::FAILURE)
}

/// A path as the reader would write it here.
fn shown(path: &Path) -> PathBuf {
    std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf))
        .unwrap_or_else(|| path.to_path_buf())
}
