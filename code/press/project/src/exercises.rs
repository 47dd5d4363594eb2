//! The exercises of the book, read from `code/exercises`.
//!
//! An exercise is a folder that bears its name: `exercise.toml`, which says everything about it, and four kinds of code,
//! each a file: `given.rs`, as a learner gets it; `solution.rs`; `judge.rs`, which tells a right one from a wrong one; and
//! `mutants/NAME.rs`, which are wrong in a way that its judge must find. A learner's own copy lies in `my-work/NAME`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::{Part, Project, chapters, suggest};

/// The folder of all exercises, relative to the project's root.
pub const FOLDER: &str = "code/exercises";

/// The exercise to begin with, as the book says: it takes a few lines, and needs nothing else of the book.
pub const FIRST: &str = "lost-update";

/// One exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    /// The name of its folder: `lost-update`.
    pub name: String,
    /// What is written about it.
    pub about: About,
}

/// What `exercise.toml` says. Texts are Markdown.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The title, as people say it.
    pub title: String,
    /// The name of the chapter that it belongs to: `s10-shard`.
    pub chapter: String,
    /// How long it takes a reader of that chapter.
    pub minutes: u32,
    /// What the learner does.
    pub kind: Kind,
    /// Whether it is about speed, and so has to be compiled with optimisation.
    #[serde(default)]
    pub optimised: bool,
    /// What is to be done.
    pub task: String,
    /// Hints, from a nudge to nearly the solution.
    pub hints: Vec<String>,
    /// What the learner has found out, told afterwards.
    pub explanation: String,
    /// A question to go on with: the next bet.
    pub next: Option<String>,
    /// The known wrong solutions by their names.
    #[serde(default)]
    pub mutants: BTreeMap<String, Mutant>,
}

/// What a learner does.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Write what is missing.
    Complete,
    /// Mend what is wrong.
    Repair,
    /// Make it better.
    Improve,
    /// Say what a change will break, and see it.
    Break,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Complete => "complete",
            Kind::Repair => "repair",
            Kind::Improve => "improve",
            Kind::Break => "break it, mend it",
        })
    }
}

/// A wrong solution that a sensible person might write.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Mutant {
    /// What is wrong with it.
    pub mistake: String,
    /// The name of the promise that it breaks, by which the judge finds it.
    pub found_by: String,
}

impl Exercise {
    /// Its folder, relative to the project's root.
    pub fn folder(&self) -> PathBuf {
        Path::new(FOLDER).join(&self.name)
    }

    /// One of its files, relative to the project's root: `given.rs`.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// The file of one of its mutants, relative to the project's root.
    pub fn mutant(&self, name: &str) -> PathBuf {
        self.folder().join("mutants").join(format!("{name}.rs"))
    }

    /// The learner's copy, relative to the project's root.
    pub fn own(&self) -> PathBuf {
        Path::new(Part::Fork.folder()).join(&self.name)
    }
}

/// Whether there is an exercise of that name.
pub fn is_there(root: &Path, name: &str) -> bool {
    root.join(FOLDER).join(name).join("exercise.toml").is_file()
}

/// Of some exercises the one to begin with.
pub fn to_begin_with(all: &[Exercise]) -> Option<&Exercise> {
    let first = all.iter().find(|exercise| exercise.name == FIRST);
    first.or(all.first())
}

/// Where `workbook check` writes how far a learner is, relative to the project's root.
pub fn record() -> PathBuf {
    Path::new(Part::Fork.folder()).join("progress.json")
}

/// The exercises that were begun on this machine, and whether each is solved. None where there is no record, or none that can be
/// read: `workbook check` tells of that.
pub fn done(project: &Project) -> BTreeMap<String, bool> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Record {
        exercises: BTreeMap<String, State>,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct State {
        solved: bool,
        is_again: bool,
    }
    let text = std::fs::read_to_string(project.root.join(record())).unwrap_or_default();
    let record: Record = serde_json::from_str(&text).unwrap_or_default();
    let states = record.exercises.into_iter();
    let is_done = |state: State| state.solved && !state.is_again;
    states.map(|(name, state)| (name, is_done(state))).collect()
}

/// All exercises, in the order of their chapters, and those of one chapter from the shortest to the longest.
///
/// # Errors
///
/// If a folder cannot be read, or one of them is no exercise.
pub fn exercises(project: &Project) -> Result<Vec<Exercise>> {
    let mut exercises = Vec::new();
    for name in names(project)? {
        exercises.push(read(project, &name)?);
    }
    let told: Vec<String> = chapters::chapters(project)
        .unwrap_or_default()
        .into_iter()
        .map(|chapter| chapter.name)
        .collect();
    exercises.sort_by_key(|exercise| {
        let chapter = told.iter().position(|name| *name == exercise.about.chapter);
        (
            chapter.unwrap_or(usize::MAX),
            exercise.about.minutes,
            exercise.name.clone(),
        )
    });
    Ok(exercises)
}

/// The exercise of that name.
///
/// # Errors
///
/// If there is none: which one was perhaps meant; or it cannot be read.
pub fn find(project: &Project, name: &str) -> Result<Exercise> {
    // The others are not read: a page asks for one after the other.
    let all = names(project)?;
    if all.iter().any(|one| one == name) {
        return read(project, name);
    }
    let names = all.iter().map(String::as_str);
    bail!(
        "there is no exercise named {name}{}",
        suggest::meant(name, names).map_or_else(
            || "; `workbook list` shows them".to_owned(),
            |near| format!("; did you mean {near}?")
        )
    )
}

/// The names of all exercises, in alphabetical order.
fn names(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    // A project may have none.
    for entry in std::fs::read_dir(project.root.join(FOLDER))
        .into_iter()
        .flatten()
    {
        let path = entry
            .with_context(|| format!("cannot read {FOLDER}"))?
            .path();
        if path.join("exercise.toml").is_file() {
            names.extend(
                path.file_name()
                    .map(|name| name.to_string_lossy().into_owned()),
            );
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn read(project: &Project, name: &str) -> Result<Exercise> {
    let path = Path::new(FOLDER).join(name).join("exercise.toml");
    let text = std::fs::read_to_string(project.root.join(&path))
        .with_context(|| format!("cannot read {}", path.display()))?;
    let about = toml::from_str(&text)
        .with_context(|| format!("{} does not describe an exercise", path.display()))?;
    Ok(Exercise {
        name: name.to_owned(),
        about,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> (tempfile::TempDir, Project) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("book")).expect("created");
        let summary = "# S\n\n- [Cache](evolution/s01-cache.md)\n";
        std::fs::write(folder.path().join("book/SUMMARY.md"), summary).expect("written");
        let project = Project::at(folder.path());
        (folder, project)
    }

    fn write(project: &Project, name: &str, more: &str) {
        let folder = project.root.join(FOLDER).join(name);
        std::fs::create_dir_all(&folder).expect("created");
        let text = format!(
            "title = \"T\"\nkind = \"repair\"\ntask = \"Do.\"\nhints = [\"a\", \"b\"]\n\
             explanation = \"So.\"\n{more}"
        );
        std::fs::write(folder.join("exercise.toml"), text).expect("written");
    }

    #[test]
    fn exercises_are_in_the_order_of_their_chapters() {
        let (_folder, project) = empty();
        assert_eq!(exercises(&project).expect("none"), []);
        write(&project, "b-late", "minutes = 20\nchapter = \"gone\"\n");
        write(
            &project,
            "c-long",
            "minutes = 30\nchapter = \"s01-cache\"\n",
        );
        write(
            &project,
            "d-short",
            "minutes = 10\nchapter = \"s01-cache\"\n",
        );
        let all = exercises(&project).expect("three");
        let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["d-short", "c-long", "b-late"]);
        let said = find(&project, "d-shirt").expect_err("none");
        assert!(
            said.to_string().ends_with("did you mean d-short?"),
            "{said}"
        );
    }

    #[test]
    fn what_is_done_is_read_from_the_record() {
        let (_folder, project) = empty();
        assert_eq!(done(&project), BTreeMap::new());
        let path = project.root.join(record());
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        let text = r#"{"last":"a","exercises":{"a":{"solved":true},"b":{"tries":3},"c":{"solved":true,"is_again":true}}}"#;
        std::fs::write(&path, text).expect("written");
        let found = done(&project);
        assert!(found["a"]);
        assert!(!found["b"] && !found["c"] && found.len() == 3, "{found:?}");
        std::fs::write(&path, "{").expect("written");
        assert_eq!(done(&project), BTreeMap::new());
    }

    #[test]
    fn what_is_unknown_is_told() {
        let (_folder, project) = empty();
        write(
            &project,
            "a-b",
            "minutes = 20\nchapter = \"x\"\ncolour = 1\n",
        );
        let said = format!("{:#}", exercises(&project).expect_err("no exercise"));
        assert!(said.contains("code/exercises/a-b/exercise.toml"), "{said}");
        assert!(said.contains("colour"), "{said}");
    }
}
