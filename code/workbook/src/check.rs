//! `workbook check`: judges the reader's forks by the oracle that judges the book's steps.
//!
//! A fork may do anything: hang, panic, print nonsense. So it is run as a process of its own, under a
//! time limit, and what it prints is held against what the report must be.

pub mod attempt;
mod logs;
mod plan;
mod table;
mod trials;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use project::Part;
use project::Project;
use project::suggest;
use project::{Program, catalog};
use stage::compile::{self, Profile};
use stage::terminal;

pub use self::plan::Scope;
pub use self::trials::Judgement;
use crate::cli;
use crate::interrupt::Interrupt;

/// What a shell says of a program that Ctrl-C has ended.
pub const INTERRUPTED: u8 = 130;

/// Judges one fork, or all, and tells which rows differ.
pub fn check(project: &Project, args: &cli::Check) -> Result<ExitCode> {
    let forks = match &args.name {
        Some(name) => vec![find(project, name)?],
        None => catalog::forks(&project.root),
    };
    if forks.is_empty() {
        terminal::note(&format!(
            "there is no fork in {}; `workbook fork STEP NAME` makes one",
            Part::Fork.folder()
        ));
    }
    // Before Ctrl-C is ours to answer, cargo is ended by it as we are.
    let mut built = Vec::new();
    let mut wrong = false;
    for fork in forks {
        match compile::executable(project, &fork, Profile::of(args.debug)) {
            Ok(executable) => built.push((fork, executable)),
            Err(error) => {
                terminal::error(&error);
                wrong = true;
            }
        }
    }
    let interrupt = Interrupt::listen()?;
    for (fork, executable) in built {
        let judgement = judge(project, &fork, &executable, Scope::All, &interrupt)?;
        if judgement.stopped {
            terminal::note(&format!("stopped before all of {} was tried", fork.name));
            return Ok(ExitCode::from(INTERRUPTED));
        }
        wrong |= !tell(&fork.name, &judgement)?;
    }
    Ok(if wrong {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
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

/// The fork of that name.
fn find(project: &Project, name: &str) -> Result<Program> {
    let forks = catalog::forks(&project.root);
    if let Some(fork) = forks.iter().find(|fork| fork.name == name) {
        return Ok(fork.clone());
    }
    if catalog::programs(&project.root)?
        .iter()
        .any(|program| program.name == name)
    {
        bail!("{name} is a program of the book, which its own tests check: `cargo test -p {name}`");
    }
    let names = forks.iter().map(|fork| fork.name.as_str());
    bail!(
        "there is no fork named {name}{}",
        suggest::meant(name, names).map_or_else(
            || "; `workbook fork STEP NAME` makes one".to_owned(),
            |near| format!("; did you mean {near}?")
        )
    )
}
