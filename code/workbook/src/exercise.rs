//! Exercises at the command line: begun, judged, hinted at, solved, begun again.
//!
//! A learner's copy lies in `my-work/NAME` and is the learner's: it is made at first use, and nothing here changes it
//! afterwards, except `reset`, which keeps what was there. The judge stays with the book, so that it is always the book's.

mod begin;
mod differences;
pub mod judge;
mod list;
mod progress;
mod prove;
mod told;
mod tool;
pub mod workspace;

use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use project::Project;
use project::exercises::{self, Exercise};
use stage::terminal;

pub use self::list::list;
pub use self::progress::Progress;
pub use self::prove::prove;
pub use self::tool::TOOL;
use crate::cli;
use crate::interrupt::Interrupt;

/// How a check of an exercise came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All promises are held.
    Right,
    /// One is not, or it does not compile.
    Wrong,
    /// The reader has pressed Ctrl-C.
    Stopped,
}

/// Judges the learner's copy of an exercise, which is made if there is none, and tells what came of it.
///
/// # Errors
///
/// If the copy cannot be made, or the judge cannot be run.
pub fn check(
    project: &Project,
    exercise: &Exercise,
    interrupt: impl FnOnce() -> Result<Interrupt>,
) -> Result<Outcome> {
    if begin::begin(project, exercise)? {
        terminal::out(&told::task(exercise))?;
    }
    let mut progress = Progress::read(project);
    progress.last = Some(exercise.name.clone());
    let built = stage::compile::judge(project, exercise);
    let interrupt = interrupt()?;
    if interrupt.is_requested() {
        return Ok(Outcome::Stopped);
    }
    let executable = match built {
        Ok(executable) => executable,
        Err(error) => {
            terminal::error(&error);
            progress.state(&exercise.name).tries += 1;
            progress.write(project)?;
            return Ok(Outcome::Wrong);
        }
    };
    let working = terminal::working("judging");
    let mut command = std::process::Command::new(&executable);
    // The places in a schedule are relative to it.
    command.current_dir(project.root.join(exercise.own()));
    let judged = judge::run(&mut command, &interrupt);
    working.finish_and_clear();
    let judged = judged?;
    if judged.end == judge::End::Stopped {
        return Ok(Outcome::Stopped);
    }
    let state = progress.state(&exercise.name);
    state.tries += 1;
    let is_right = judged.is_right();
    if is_right {
        state.solved = true;
        state.is_again = false;
    }
    let hints = state.hints;
    progress.write(project)?;
    terminal::out(&told::verdict(exercise, &judged))?;
    if !is_right {
        terminal::out(&told::help(exercise, hints))?;
        return Ok(Outcome::Wrong);
    }
    terminal::out(&told::success(exercise))?;
    terminal::out(&differences::to_solution(project, exercise)?)?;
    let next = list::next(project, &progress)?;
    terminal::out(&told::next(exercise, next.as_ref()))?;
    Ok(Outcome::Right)
}

/// `workbook hint`: one more hint, and those before it.
pub fn hint(project: &Project, args: &cli::Hint) -> Result<ExitCode> {
    let mut progress = Progress::read(project);
    let exercise = meant(project, args.name.as_deref(), &progress)?;
    let state = progress.state(&exercise.name);
    ensure!(
        !state.is_done(),
        "{} is solved, and needs no hint: `{TOOL} solution {}` shows another way",
        exercise.name,
        exercise.name
    );
    ensure!(
        project.root.join(exercise.own()).exists(),
        "{} has not been begun: `{TOOL} check {}` begins it",
        exercise.name,
        exercise.name
    );
    state.hints = (state.hints + 1).min(exercise.about.hints.len());
    let shown = state.hints;
    progress.last = Some(exercise.name.clone());
    progress.write(project)?;
    terminal::out(&told::hints(&exercise, shown))?;
    Ok(ExitCode::SUCCESS)
}

/// `workbook solution`: the book's solution, after the learner's own, or instead of it.
pub fn solution(project: &Project, args: &cli::Solution) -> Result<ExitCode> {
    let mut progress = Progress::read(project);
    let exercise = meant(project, args.name.as_deref(), &progress)?;
    let state = progress.state(&exercise.name);
    if !state.solved && !state.gave_up {
        ensure!(
            args.give_up,
            "{} is not solved yet. `{TOOL} hint {}` helps; `{TOOL} solution {} --give-up` shows the solution",
            exercise.name,
            exercise.name,
            exercise.name
        );
        state.gave_up = true;
        progress.write(project)?;
    }
    let file = exercise.file("solution.rs");
    let code = std::fs::read_to_string(project.root.join(&file))
        .with_context(|| format!("cannot read {}", file.display()))?;
    terminal::note(&format!("{}:\n", file.display()));
    terminal::out(&code)?;
    terminal::note(&format!("\n{}", exercise.about.explanation.trim()));
    Ok(ExitCode::SUCCESS)
}

/// `workbook reset`: the exercise as it was given, beside a copy of what was there.
pub fn reset(project: &Project, args: &cli::Reset) -> Result<ExitCode> {
    let mut progress = Progress::read(project);
    let exercise = meant(project, args.name.as_deref(), &progress)?;
    let kept = begin::again(project, &exercise)?;
    let state = progress.state(&exercise.name);
    state.hints = 0;
    state.is_again = state.solved;
    progress.last = Some(exercise.name.clone());
    progress.write(project)?;
    terminal::note(&format!(
        "{} is as it was given; what was there is kept in {}",
        exercise.name,
        project.shown(&kept).display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// The exercise that is named, or the one that was worked on last.
fn meant(project: &Project, name: Option<&str>, progress: &Progress) -> Result<Exercise> {
    let Some(name) = name.or(progress.last.as_deref()) else {
        bail!(
            "no exercise has been begun: `{TOOL} list` shows them, `{TOOL} check NAME` begins one"
        );
    };
    exercises::find(project, name)
}
