//! The files of the predictions, `book/predictions/CHAPTER.toml`, read once a build.

use std::collections::BTreeMap;
use std::path::Path;

use measured::Evidence;
use project::{Problem, Project, line_of};
use serde::Deserialize;
use toml::Spanned;

use super::prediction::{Prediction, Written};
use crate::tables;

/// The folder of the predictions, in that of the chapters.
const FOLDER: &str = "predictions";

/// All predictions of a book by their names.
#[derive(Default)]
pub struct Predictions {
    all: BTreeMap<String, Prediction>,
    /// What is wrong with the files.
    pub problems: Vec<Problem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    predictions: Vec<Spanned<Written>>,
}

impl Predictions {
    /// Reads and checks all files, and looks up what came of each prediction; a book may have none.
    pub fn load(project: &Project, evidence: &Evidence) -> Predictions {
        let mut predictions = Predictions::default();
        for path in tables::files(&project.book().join(FOLDER)) {
            let file = project.shown(&path);
            match std::fs::read_to_string(&path) {
                Ok(text) => predictions.read(file, &text, evidence),
                Err(error) => predictions.tell(file, 1, error.to_string()),
            }
        }
        predictions
    }

    /// The prediction of that name.
    pub fn of(&self, name: &str) -> Option<&Prediction> {
        self.all.get(name)
    }

    /// The names of all.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }

    fn read(&mut self, file: &Path, text: &str, evidence: &Evidence) {
        let parsed: File = match toml::from_str(text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(text, span.start));
                return self.tell(file, line, error.message().to_owned());
            }
        };
        for written in parsed.predictions {
            let line = line_of(text, written.span().start);
            match Prediction::of(written.into_inner(), evidence) {
                Ok(prediction) if self.all.contains_key(&prediction.id) => {
                    let message = format!("another prediction has the id `{}`", prediction.id);
                    self.tell(file, line, message);
                }
                Ok(prediction) => drop(self.all.insert(prediction.id.clone(), prediction)),
                Err(message) => self.tell(file, line, message),
            }
        }
    }

    fn tell(&mut self, file: &Path, line: usize, message: String) {
        self.problems.push(Problem {
            file: file.to_path_buf(),
            line: Some(line),
            message,
        });
    }
}
