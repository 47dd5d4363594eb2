//! What of the book's folder becomes part of the site: a copy that holds nothing else.
//!
//! mdBook copies whatever lies beside the chapters: an editor's swap file, a file of secrets, what a link leads to,
//! wherever that is. So it is not shown the folder but this copy, in which there are regular files of the book only.
//! Links may lead from one file of the book to another, and nowhere else.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::{RenderContext, Renderer};
use project::leftover::is_leftover;
use project::{Problem, Project};
use walkdir::{DirEntry, WalkDir};

/// mdBook's renderer of pages, which finds all that it copies in the stage.
pub struct FromStage {
    /// The stage, in place of the project's root.
    pub root: PathBuf,
}

impl Renderer for FromStage {
    fn name(&self) -> &'static str {
        "html"
    }

    fn render(&self, context: &RenderContext) -> Result<()> {
        let mut staged = context.clone();
        staged.root.clone_from(&self.root);
        HtmlHandlebars::new().render(&staged)
    }
}

/// Copies what mdBook may see of the project to `stage`, at the same places, and tells what it may not.
///
/// # Errors
///
/// If something cannot be read or written.
pub fn set(project: &Project, config: &Config, stage: &Path) -> Result<Vec<Problem>> {
    let mut copy = Copy {
        project,
        // Links are judged by where they really lead.
        within: project
            .root
            .join(&config.book.src)
            .canonicalize()
            .context("the book has no folder")?,
        stage,
        problems: Vec::new(),
    };
    copy.folder(&config.book.src)?;
    for named in named(config) {
        if named.starts_with(&config.book.src) || named.is_absolute() {
            continue;
        }
        let path = project.root.join(&named);
        if path.is_dir() {
            copy.folder(&named)?;
        } else if path.is_file() {
            copy.file(&named)?;
        }
    }
    Ok(copy.problems)
}

/// What the configuration names besides the book's folder.
fn named(config: &Config) -> Vec<PathBuf> {
    let html = config.html_config().unwrap_or_default();
    let theme = html.theme.unwrap_or_else(|| "theme".into());
    [vec![theme], html.additional_css, html.additional_js].concat()
}

struct Copy<'p> {
    project: &'p Project,
    within: PathBuf,
    stage: &'p Path,
    problems: Vec<Problem>,
}

impl Copy<'_> {
    /// Copies a folder of the project; `folder` is relative to its root.
    fn folder(&mut self, folder: &Path) -> Result<()> {
        let from = self.project.root.join(folder);
        make(&self.stage.join(folder))?;
        let all = WalkDir::new(&from).min_depth(1).into_iter();
        for entry in all.filter_entry(is_kept) {
            let entry = entry.with_context(|| format!("cannot read {}", from.display()))?;
            let path = folder.join(entry.path().strip_prefix(&from).unwrap_or(entry.path()));
            let kind = entry.file_type();
            if kind.is_dir() {
                make(&self.stage.join(&path))?;
            } else if kind.is_file() || self.is_ours(&path) {
                self.file(&path)?;
            } else {
                self.refuse(path);
            }
        }
        Ok(())
    }

    fn file(&self, path: &Path) -> Result<()> {
        let (from, to) = (self.project.root.join(path), self.stage.join(path));
        make(to.parent().unwrap_or(self.stage))?;
        match std::fs::copy(&from, &to) {
            // An editor that saves replaces files; the next change brings it.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            copied => copied
                .map(drop)
                .with_context(|| format!("cannot copy {} to {}", from.display(), to.display())),
        }
    }

    /// Whether a link leads to a file of the book.
    fn is_ours(&self, link: &Path) -> bool {
        let target = self.project.root.join(link).canonicalize();
        target.is_ok_and(|target| target.is_file() && target.starts_with(&self.within))
    }

    fn refuse(&mut self, path: PathBuf) {
        let is_link = self.project.root.join(&path).is_symlink();
        let message = if is_link {
            "this link leads to no file of the book: it is not published"
        } else {
            "this is no regular file: it is not published"
        };
        self.problems.push(Problem {
            file: path,
            line: None,
            message: message.to_owned(),
        });
    }
}

fn is_kept(entry: &DirEntry) -> bool {
    // What is only read to make the pages, such as the answers of the quizzes, is no part of the site.
    let is_definition = entry.path().extension().is_some_and(|e| e == "toml");
    // So are drawings: they stand in the slides themselves.
    let is_drawing = entry.depth() == 1 && entry.file_name() == "figures";
    !is_definition && !is_drawing && !is_leftover(&entry.file_name().to_string_lossy())
}

fn make(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}
