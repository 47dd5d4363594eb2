//! What is judged: an exercise, or a fork.

use anyhow::{Result, bail};
use project::exercises::{self, Exercise};
use project::{Part, Program, Project, catalog, suggest};

use crate::exercise::{Progress, TOOL};

/// What is judged.
pub enum Subject {
    /// The learner's copy of an exercise, which may not be there yet.
    Exercise(Exercise),
    /// The reader's fork of a step.
    Fork(Program),
}

/// The exercise or the fork of that name.
///
/// # Errors
///
/// If there is none: what was perhaps meant.
pub fn find(project: &Project, name: &str) -> Result<Subject> {
    let forks = catalog::forks(&project.root);
    if let Some(fork) = forks.iter().find(|fork| fork.name == name) {
        return Ok(Subject::Fork(fork.clone()));
    }
    let exercises = exercises::exercises(project)?;
    if let Some(exercise) = exercises.iter().find(|exercise| exercise.name == name) {
        return Ok(Subject::Exercise(exercise.clone()));
    }
    if catalog::programs(&project.root)?
        .iter()
        .any(|program| program.name == name)
    {
        bail!("{name} is a program of the book, which its own tests check: `cargo test -p {name}`");
    }
    let names = forks.iter().map(|fork| fork.name.as_str());
    let names = names.chain(exercises.iter().map(|exercise| exercise.name.as_str()));
    bail!(
        "there is no exercise or fork named {name}{}",
        suggest::meant(name, names).map_or_else(
            || format!("; `{TOOL} check` lists the exercises"),
            |near| format!("; did you mean {near}?")
        )
    )
}

/// What was judged last, if it is still there; and else all forks.
pub fn resumed(project: &Project) -> Vec<Subject> {
    let last = Progress::read(project).last;
    if let Some(subject) = last.and_then(|last| find(project, &last).ok()) {
        return vec![subject];
    }
    let forks = catalog::forks(&project.root).into_iter();
    forks.map(Subject::Fork).collect()
}

/// Notes that a fork is what was judged last.
///
/// # Errors
///
/// If it cannot be written down.
pub fn remember(project: &Project, name: &str) -> Result<()> {
    let mut progress = Progress::read(project);
    progress.last = Some(name.to_owned());
    progress.write(project)
}

/// What is said to a reader with nothing to judge.
///
/// # Errors
///
/// If an exercise cannot be read.
pub fn how_to_begin(project: &Project) -> Result<String> {
    let all = exercises::exercises(project)?;
    let first = exercises::to_begin_with(&all);
    Ok(match first {
        Some(first) => format!(
            "\nnothing has been begun yet; `{TOOL} check {}` begins the first exercise",
            first.name
        ),
        None => format!(
            "there is no fork in {}; `workbook fork STEP NAME` makes one",
            Part::Fork.folder()
        ),
    })
}
