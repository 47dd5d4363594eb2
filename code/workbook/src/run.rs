//! `workbook run`: builds one program of the book, or a fork of one, and becomes it. A play is part of
//! this program, and explored.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use project::Project;
use project::catalog;
use stage::compile::{self, Profile};

use crate::cli;
use crate::play::{self, Plays};

/// Builds the program in release mode and replaces this process with it.
///
/// Replaced, not started: the program then has the reader's terminal, directory and exit code
/// without any forwarding, and Ctrl-C reaches it once.
pub fn run(project: &Project, args: &cli::Run) -> Result<ExitCode> {
    if let Ok(explored) = Plays.find(&args.name) {
        return play::run(explored);
    }
    let program = catalog::find(&project.root, &args.name)?;
    let executable = compile::executable(project, &program, Profile::Release)?;
    let error = Command::new(&executable).args(&args.args).exec();
    Err(error).with_context(|| format!("cannot run {}", executable.display()))
}
