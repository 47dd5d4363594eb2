//! The texts of the chapters, read once for all checks.

use std::path::PathBuf;

use directives::scan;
pub use directives::scan::MARKDOWN;
use project::Problem;
use project::Project;
use project::{Chapter, line_of};

/// A chapter with its text.
pub struct Text {
    /// What the summary says of it.
    pub chapter: Chapter,
    /// The file, relative to the project's root.
    pub file: PathBuf,
    /// The Markdown.
    pub markdown: String,
}

impl Text {
    /// A mistake at a place in the text.
    pub fn problem(&self, at: usize, message: String) -> Problem {
        let line = Some(line_of(&self.markdown, at));
        Problem {
            file: self.file.clone(),
            line,
            message,
        }
    }

    /// Something that is not there: it is told of the line behind which it was looked for.
    pub fn lacks(&self, behind: usize, what: &str) -> Problem {
        self.problem(behind, format!("the chapter lacks {what}"))
    }

    /// The arguments of a directive that is not in code, with their places.
    pub fn directives<'t>(&'t self, name: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
        scan::directives(&self.markdown)
            .into_iter()
            .filter(move |found| found.name == name && found.inside.is_none())
            .map(|found| (found.range.start, found.argument))
    }
}

/// The chapters that can be read; the others are the summary's problem.
pub fn read(project: &Project, chapters: &[Chapter]) -> Vec<Text> {
    let texts = chapters.iter().filter_map(|chapter| {
        let path = project.book().join(&chapter.path);
        Some(Text {
            chapter: chapter.clone(),
            file: project.shown(&path).to_path_buf(),
            markdown: project::read_text(&path).ok()?,
        })
    });
    texts.collect()
}

/// A chapter for the tests of the checks.
#[cfg(test)]
pub fn text(path: &str, markdown: &str) -> Text {
    let path = PathBuf::from(path);
    let name = path
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    Text {
        file: PathBuf::from("book").join(&path),
        chapter: Chapter {
            title: name.clone(),
            name,
            path,
            line: 1,
        },
        markdown: markdown.to_owned(),
    }
}
