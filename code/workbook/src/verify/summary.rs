//! Every chapter that exists is in the summary, once. That the chapters of the summary exist is what
//! the build looks at.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use project::Chapter;
use project::Problem;
use project::Project;

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
    let mut files = Vec::new();
    markdown_files(&project.book(), &mut files)?;
    for file in files {
        let inside = file.strip_prefix(project.book()).unwrap_or(&file);
        if !named.contains(inside) {
            problems.push(Problem {
                file: project.shown(&file).to_path_buf(),
                line: None,
                message: "the chapter is not in book/SUMMARY.md, so nobody finds it".to_owned(),
            });
        }
    }
    Ok(problems)
}

fn markdown_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let unreadable = || format!("cannot read {}", folder.display());
    for entry in std::fs::read_dir(folder).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        if path.is_dir() {
            markdown_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}
