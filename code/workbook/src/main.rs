//! The tool of the book: builds it, serves it, runs its programs and checks its promises.
//!
//! Exit codes: 0 when all is well, 1 when the book has problems (each is printed with its file and
//! line) or a fork is wrong, 2 when the tool could not do what it was asked for, which it says in one sentence.

mod bench;
mod book;
mod build;
mod catalog;
mod chapters;
mod check;
mod cli;
mod compile;
mod directory;
mod fastest;
mod fork;
mod generate;
mod leftover;
mod list;
mod live;
mod near;
mod problem;
mod progress;
mod project;
mod record;
mod run;
mod say;
mod scratch;
mod serve;
mod stop;
mod talk;
mod verify;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::project::Project;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let command = cli.command.unwrap_or(Command::Serve(cli.serve));
    match perform(command) {
        Ok(code) => code,
        Err(error) => {
            say::error(&error);
            ExitCode::from(2)
        }
    }
}

/// Does what was asked for. Generating and the directory work outside a project too.
fn perform(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(args) => serve::serve(&Project::find()?, &args),
        Command::Build(args) => build::build(&Project::find()?, &args),
        Command::List(args) => list::list(&Project::find()?, &args),
        Command::Run(args) => run::run(&Project::find()?, &args),
        Command::Fork(args) => fork::fork(&Project::find()?, &args),
        Command::Check(args) => check::check(&Project::find()?, &args),
        Command::Generate(args) => generate::generate(&args),
        Command::Directory(args) => directory::directory(&args),
        Command::Bench(args) => bench::bench(&Project::find()?, &args),
        Command::Record(args) => record::record(&Project::find()?, &args),
        Command::Verify(args) => verify::verify(&Project::find()?, &args),
        Command::Preprocess(args) => preprocess(args.supports.as_ref()),
    }
}

/// What `mdbook build` asks of a preprocessor: whether a renderer is supported, or the work itself.
fn preprocess(supports: Option<&cli::Supports>) -> anyhow::Result<ExitCode> {
    match supports {
        Some(cli::Supports::Supports { renderer }) if renderer == "html" => Ok(ExitCode::SUCCESS),
        Some(_) => Ok(ExitCode::FAILURE),
        None => {
            book::preprocess(&Project::find()?)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
