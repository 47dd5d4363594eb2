//! `workbook check`: judges what the reader has made, an exercise or a fork.
//!
//! A fork is judged by the oracle that judges the book's steps, an exercise by its own judge. Both may do anything: hang,
//! panic, print nonsense. So both are run as processes of their own, under the same limits ([`attempt`]).

pub mod attempt;
mod logs;
mod plan;
mod subject;
mod table;
mod trials;
mod watch;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use project::Program;
use project::Project;
use stage::compile::{self, Profile};
use stage::terminal;

pub use self::plan::Scope;
use self::subject::Subject;
pub use self::trials::Judgement;
use self::watch::Watched;
use crate::cli;
use crate::exercise::{self, Outcome, Progress};
use crate::interrupt::Interrupt;

/// What a shell says of a program that Ctrl-C has ended.
pub const INTERRUPTED: u8 = 130;

/// Judges one exercise or fork; without a name, lists the exercises and judges what was judged last.
pub fn check(project: &Project, args: &cli::Check) -> Result<ExitCode> {
    let subjects = match &args.name {
        Some(name) => vec![subject::find(project, name)?],
        None => {
            terminal::out(&exercise::list(project, &Progress::read(project))?)?;
            subject::resumed(project)
        }
    };
    if subjects.is_empty() {
        terminal::note(&subject::how_to_begin(project)?);
    }
    let mut listening = Listening::default();
    loop {
        let watched = Watched::now(project, &subjects);
        let mut wrong = false;
        for subject in &subjects {
            match judged(project, subject, args.debug, &mut listening)? {
                Outcome::Right => {}
                Outcome::Wrong => wrong = true,
                Outcome::Stopped => return Ok(ExitCode::from(INTERRUPTED)),
            }
        }
        if !wrong {
            return Ok(ExitCode::SUCCESS);
        }
        if !args.watch {
            return Ok(ExitCode::FAILURE);
        }
        terminal::note("\nwaiting for a change; Ctrl-C ends it");
        if !watched.wait_for_change(&listening.now()?) {
            return Ok(ExitCode::from(INTERRUPTED));
        }
    }
}

/// Ctrl-C, which is ours to answer from the first time on that something is run. Before, cargo is ended by it as we are.
#[derive(Default)]
struct Listening(Option<Interrupt>);

impl Listening {
    fn now(&mut self) -> Result<Interrupt> {
        if let Some(interrupt) = &self.0 {
            return Ok(interrupt.clone());
        }
        let interrupt = Interrupt::listen()?;
        self.0 = Some(interrupt.clone());
        Ok(interrupt)
    }
}

fn judged(
    project: &Project,
    subject: &Subject,
    debug: bool,
    listening: &mut Listening,
) -> Result<Outcome> {
    match subject {
        Subject::Exercise(exercise) => exercise::check(project, exercise, || listening.now()),
        Subject::Fork(fork) => {
            subject::remember(project, &fork.name)?;
            let executable = match compile::executable(project, fork, Profile::of(debug)) {
                Ok(executable) => executable,
                Err(error) => {
                    terminal::error(&error);
                    return Ok(Outcome::Wrong);
                }
            };
            let interrupt = listening.now()?;
            let judgement = judge(project, fork, &executable, Scope::All, &interrupt)?;
            if judgement.stopped {
                terminal::note(&format!("stopped before all of {} was tried", fork.name));
                return Ok(Outcome::Stopped);
            }
            Ok(if tell(&fork.name, &judgement)? {
                Outcome::Right
            } else {
                Outcome::Wrong
            })
        }
    }
}

/// Judges a program that is built, with a bar on the terminal.
///
/// # Errors
///
/// If it cannot be run at all.
pub fn judge(
    project: &Project,
    fork: &Program,
    executable: &Path,
    scope: Scope,
    interrupt: &Interrupt,
) -> Result<Judgement> {
    let bar = terminal::measuring();
    bar.set_message(format!("checking {}", fork.name));
    let judgement = trials::judge(project, executable, scope, interrupt, &|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    judgement
}

/// Says how a fork was judged, and whether it is right.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn tell(name: &str, judgement: &Judgement) -> Result<bool> {
    let right = judgement.failures.is_empty();
    if right {
        terminal::note(&format!(
            "{name} is right: {} runs on {} logs gave the report that they must give",
            judgement.runs, judgement.logs
        ));
    } else {
        terminal::out(&table::text(name, judgement))?;
    }
    Ok(right)
}
