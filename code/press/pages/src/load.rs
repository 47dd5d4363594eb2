//! Loads the book for mdBook: its configuration without the programs we replace, and its summary
//! without the chapters that are not there.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_summary::{Summary, SummaryItem, parse_summary};
use project::Problem;
use project::Project;

use crate::repository;

/// The book's configuration, with the site going to `out`.
///
/// # Errors
///
/// If `book.toml` cannot be read.
pub fn config(project: &Project, out: Option<&Path>) -> Result<Config> {
    let path = project.root.join("book.toml");
    let mut config =
        Config::from_disk(&path).with_context(|| format!("cannot read {}", path.display()))?;
    config.update_from_env()?;
    repository::offer_edits(&mut config)?;
    if let Some(out) = out {
        config.build.build_dir = out.to_path_buf();
    }
    Ok(config)
}

/// The book with all its chapters; one that is listed and not there becomes a draft and a problem.
///
/// # Errors
///
/// If there is no summary, or it cannot be parsed.
pub fn book(project: &Project, mut config: Config) -> Result<(MDBook, Vec<Problem>)> {
    // What these tables name are the programs for `mdbook build`; here they are libraries.
    config.set("preprocessor", toml::Table::new())?;
    let source = project.root.join(&config.book.src);
    let path = source.join("SUMMARY.md");
    let text =
        project::read_text(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut summary =
        parse_summary(&text).with_context(|| format!("cannot understand {}", path.display()))?;
    let mut missing = Missing {
        root: project
            .root
            .canonicalize()
            .context("the project has no folder")?,
        source,
        text,
        file: project.shown(&path).to_path_buf(),
        problems: Vec::new(),
    };
    let Summary {
        prefix_chapters,
        numbered_chapters,
        suffix_chapters,
        ..
    } = &mut summary;
    for items in [prefix_chapters, numbered_chapters, suffix_chapters] {
        missing.leave_out(items);
    }
    let book = MDBook::load_with_config_and_summary(project.root.clone(), config, summary)?;
    Ok((book, missing.problems))
}

struct Missing {
    /// The project, behind all links.
    root: PathBuf,
    source: PathBuf,
    text: String,
    file: PathBuf,
    problems: Vec<Problem>,
}

impl Missing {
    /// Why a file can be no chapter. What a link brings from outside would be published.
    fn why_not(&self, path: &Path) -> Option<&'static str> {
        match path.canonicalize() {
            Ok(real) if real.is_dir() => Some("is not there"),
            // mdBook would read a pipe to an end that never comes.
            Ok(real) if !real.is_file() => Some("is no regular file"),
            Ok(real) if !real.starts_with(&self.root) => Some("leads out of the project"),
            Ok(_) => None,
            Err(_) => Some("is not there"),
        }
    }

    fn leave_out(&mut self, items: &mut [SummaryItem]) {
        for item in items {
            let SummaryItem::Link(link) = item else {
                continue;
            };
            let mut why = "";
            let missing = link.location.take_if(|location| {
                why = self
                    .why_not(&self.source.join(location))
                    .unwrap_or_default();
                !why.is_empty()
            });
            if let Some(location) = missing {
                let name = location.to_string_lossy();
                let line = self
                    .text
                    .lines()
                    .position(|line| line.contains(&*name))
                    .map(|at| at + 1);
                let message = format!("the chapter `{name}` {why}");
                self.problems.push(Problem {
                    file: self.file.clone(),
                    line,
                    message,
                });
            }
            self.leave_out(&mut link.nested_items);
        }
    }
}
