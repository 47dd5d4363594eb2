//! All exercises, and how far the learner is with each.

use std::fmt::Write as _;

use anyhow::Result;
use project::Project;
use project::exercises::{self, Exercise};
use stage::terminal::{Style, styled};

use super::progress::Progress;

/// The exercises in the order of their chapters, a line each; nothing if there are none.
///
/// # Errors
///
/// If an exercise cannot be read.
pub fn list(project: &Project, progress: &Progress) -> Result<String> {
    let all = exercises::exercises(project)?;
    let width = all.iter().map(|exercise| exercise.name.len()).max();
    let width = width.unwrap_or(0);
    let mut text = String::new();
    for exercise in &all {
        let state = progress.of(&exercise.name);
        let is_done = state.is_some_and(super::progress::State::is_done);
        let mark = match state {
            _ if is_done => styled(Style::Good, "✓"),
            Some(_) => "·".to_owned(),
            None => " ".to_owned(),
        };
        let said = state.map_or_else(
            || format!("{} minutes", exercise.about.minutes),
            super::progress::State::says,
        );
        let (name, title) = (&exercise.name, &exercise.about.title);
        writeln!(text, "{mark} {name:width$}  {title} ({said})")
            .expect("a string takes everything");
    }
    Ok(text)
}

/// The first exercise that is not done, from the one that was checked last on. The one to begin with stands in front of all.
///
/// # Errors
///
/// If an exercise cannot be read.
pub fn next(project: &Project, progress: &Progress) -> Result<Option<Exercise>> {
    let mut all = exercises::exercises(project)?;
    all.sort_by_key(|exercise| exercise.name != exercises::FIRST);
    let is_open = |exercise: &&Exercise| {
        let state = progress.of(&exercise.name);
        !state.is_some_and(super::progress::State::is_done)
    };
    let last = all
        .iter()
        .position(|exercise| Some(&exercise.name) == progress.last.as_ref());
    let (before, after) = all.split_at(last.unwrap_or(0));
    Ok(after.iter().chain(before).find(is_open).cloned())
}
