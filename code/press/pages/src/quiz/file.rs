//! The files of the quizzes, `book/quizzes/CHAPTER.toml`, read once a build.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use project::{Problem, Project, line_of};
use serde::Deserialize;
use toml::{Spanned, Table};

use super::question::Question;
use crate::tables;

/// The folder of the quizzes, in that of the chapters.
const FOLDER: &str = "quizzes";

/// All quizzes of a book by the names of their chapters.
#[derive(Default)]
pub struct Quizzes {
    all: BTreeMap<String, Vec<Question>>,
    /// What is wrong with the files.
    pub problems: Vec<Problem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    questions: Vec<Spanned<Table>>,
}

impl Quizzes {
    /// Reads and checks all files; a book may have none.
    pub fn load(project: &Project) -> Quizzes {
        let mut quizzes = Quizzes::default();
        let mut ids = BTreeSet::new();
        for path in tables::files(&project.book().join(FOLDER)) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let file = project.shown(&path);
            let (questions, problems) = match std::fs::read_to_string(&path) {
                Ok(text) => read(file, &text, &mut ids),
                Err(error) => (Vec::new(), vec![problem(file, 1, error.to_string())]),
            };
            quizzes.all.insert(name.into_owned(), questions);
            quizzes.problems.extend(problems);
        }
        quizzes
    }

    /// The questions of a chapter.
    pub fn of(&self, chapter: &str) -> Option<&[Question]> {
        self.all.get(chapter).map(Vec::as_slice)
    }

    /// The chapters that have a quiz.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }
}

/// The questions of a file that are sound, and what is wrong with the others.
fn read(file: &Path, text: &str, ids: &mut BTreeSet<String>) -> (Vec<Question>, Vec<Problem>) {
    let parsed: File = match toml::from_str(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            return (
                Vec::new(),
                vec![problem(file, line, error.message().to_owned())],
            );
        }
    };
    let mut questions = Vec::new();
    let mut problems = Vec::new();
    for table in &parsed.questions {
        let line = line_of(text, table.span().start);
        match Question::read(table.get_ref(), line) {
            Ok(question) if !ids.insert(question.id.clone()) => {
                let message = format!("another question has the id `{}`", question.id);
                problems.push(problem(file, line, message));
            }
            Ok(question) => questions.push(question),
            Err(message) => problems.push(problem(file, line, message)),
        }
    }
    (questions, problems)
}

fn problem(file: &Path, line: usize, message: String) -> Problem {
    Problem {
        file: file.to_path_buf(),
        line: Some(line),
        message,
    }
}
