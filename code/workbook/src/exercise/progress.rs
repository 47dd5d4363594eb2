//! How far a learner is: a small file beside the learner's copies.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use project::exercises;
use project::{Part, Project};
use serde::{Deserialize, Serialize};
use stage::terminal;

/// How far a learner is.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(default)]
pub struct Progress {
    /// The exercise or fork that was checked last.
    pub last: Option<String>,
    /// Each exercise that was begun, by its name.
    exercises: BTreeMap<String, State>,
}

/// How far a learner is with one exercise.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(default)]
pub struct State {
    /// How often it was judged.
    pub tries: u32,
    /// How many hints were shown.
    pub hints: usize,
    /// Whether it was solved once.
    pub solved: bool,
    /// Whether the solution was shown before.
    pub gave_up: bool,
    /// Whether it was begun again after it was solved.
    pub is_again: bool,
}

impl State {
    /// Whether it is solved, and was not begun again.
    pub fn is_done(&self) -> bool {
        self.solved && !self.is_again
    }

    /// In a few words.
    pub fn says(&self) -> String {
        let hints = match self.hints {
            0 => String::new(),
            1 => ", 1 hint".to_owned(),
            hints => format!(", {hints} hints"),
        };
        let tries = match self.tries {
            1 => "1 try".to_owned(),
            tries => format!("{tries} tries"),
        };
        let end = match self {
            State { is_again: true, .. } => "begun again",
            State {
                solved: true,
                gave_up: true,
                ..
            } => "solved, with the solution seen",
            State { solved: true, .. } => "solved",
            State { gave_up: true, .. } => "given up",
            _ => "begun",
        };
        format!("{end} ({tries}{hints})")
    }
}

impl Progress {
    /// As it was written. What cannot be read is told, and begun anew: it is only a record.
    pub fn read(project: &Project) -> Progress {
        let Ok(text) = fs::read_to_string(path(project)) else {
            return Progress::default();
        };
        serde_json::from_str(&text).unwrap_or_else(|error| {
            let path = path(project);
            let shown = project.shown(&path).display().to_string();
            terminal::note(&format!(
                "{shown} cannot be read, and is begun anew: {error}"
            ));
            Progress::default()
        })
    }

    /// The state of one exercise, which may be new.
    pub fn state(&mut self, name: &str) -> &mut State {
        self.exercises.entry(name.to_owned()).or_default()
    }

    /// The state of one exercise, if it was begun.
    pub fn of(&self, name: &str) -> Option<&State> {
        self.exercises.get(name)
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&self, project: &Project) -> Result<()> {
        let path = path(project);
        let folder = project.root.join(Part::Fork.folder());
        let failed = || format!("cannot write {}", project.shown(&path).display());
        fs::create_dir_all(&folder).with_context(failed)?;
        let mut file = tempfile::NamedTempFile::new_in(&folder).with_context(failed)?;
        serde_json::to_writer_pretty(&mut file, self).with_context(failed)?;
        file.persist(&path).with_context(failed)?;
        Ok(())
    }
}

fn path(project: &Project) -> PathBuf {
    project.root.join(exercises::record())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Project::at(folder.path());
        assert_eq!(Progress::read(&project), Progress::default());
        let mut progress = Progress::default();
        *progress.state("a-b") = State {
            tries: 2,
            hints: 1,
            ..State::default()
        };
        progress.last = Some("a-b".into());
        progress.write(&project).expect("written");
        assert_eq!(Progress::read(&project), progress);
        assert_eq!(progress.state("a-b").says(), "begun (2 tries, 1 hint)");
        // The pages are told the same.
        progress.state("c-d").solved = true;
        progress.write(&project).expect("written");
        let told = exercises::done(&project);
        assert!(!told["a-b"] && told["c-d"], "{told:?}");
        fs::write(path(&project), "{").expect("written");
        assert_eq!(Progress::read(&project), Progress::default());
    }

    #[test]
    fn an_exercise_that_is_begun_again_is_not_done() {
        let mut state = State {
            solved: true,
            ..State::default()
        };
        assert!(state.is_done());
        state.is_again = true;
        assert!(!state.is_done());
    }
}
