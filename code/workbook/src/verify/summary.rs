//! Every chapter that exists is in the summary, once. That the chapters of the summary exist is what
//! the build looks at.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use project::Chapter;
use project::Problem;
use project::Project;
use walkdir::WalkDir;

/// Holds the summary against the files.
pub fn check(project: &Project, chapters: &[Chapter]) -> Result<Vec<Problem>> {
    let summary = PathBuf::from("book/SUMMARY.md");
    let mut problems = Vec::new();
    // The page for what is not found is shown where nobody looked for it.
    let mut named = BTreeSet::from(["SUMMARY.md", "404.md"].map(PathBuf::from));
    for chapter in chapters {
        if !named.insert(chapter.path.clone()) {
            problems.push(Problem {
                file: summary.clone(),
                line: Some(chapter.line),
                message: format!("the chapter {} is named twice", chapter.path.display()),
            });
        }
    }
    for entry in WalkDir::new(project.book()) {
        let file = entry.context("cannot read the book's folder")?.into_path();
        if file.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let inside = file.strip_prefix(project.book()).unwrap_or(&file);
        if !named.contains(inside) {
            problems.push(Problem {
                file: project.shown(&file).to_path_buf(),
                line: None,
                message: "the chapter is not in book/SUMMARY.md: it has no page".to_owned(),
            });
        }
    }
    Ok(problems)
}
