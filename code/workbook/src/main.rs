//! The tool of the book: builds it, serves it, runs its programs and checks its promises.
//!
//! Exit codes: 0 when all is well, 1 when the book has problems (each is printed with its file and
//! line), or a fork or an exercise is wrong, 2 when the tool could not do what it was asked for, which it says in one sentence.

mod bench;
mod book;
mod build;
mod check;
mod cli;
mod directory;
mod exercise;
mod fastest;
mod fork;
mod generate;
mod interrupt;
mod keys;
mod list;
mod pdf;
mod play;
mod record;
mod run;
mod verify;

use std::process::ExitCode;

use clap::Parser;
use project::{Project, Scratch};
use stage::terminal;

use crate::cli::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let command = cli.command.unwrap_or(Command::Serve(cli.serve));
    match perform(command) {
        Ok(code) => code,
        Err(error) => {
            terminal::error(&error);
            ExitCode::from(2)
        }
    }
}

/// Does what was asked for. Generating and the directory work outside a project too.
fn perform(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(args) => serve(&Project::find()?, &args),
        Command::Build(args) => build::build(&Project::find()?, &args),
        Command::Pdf(args) => pdf::pdf(&Project::find()?, &args),
        Command::List(args) => list::list(&Project::find()?, &args),
        Command::Run(args) => run::run(&Project::find()?, &args),
        Command::Fork(args) => fork::fork(&Project::find()?, &args),
        Command::Check(args) => check::check(&Project::find()?, &args),
        Command::Hint(args) => exercise::hint(&Project::find()?, &args),
        Command::Solution(args) => exercise::solution(&Project::find()?, &args),
        Command::Reset(args) => exercise::reset(&Project::find()?, &args),
        Command::Generate(args) => generate::generate(&args),
        Command::Directory(args) => directory::directory(&args),
        Command::Keys(args) => keys::keys(&Project::find()?, &args),
        Command::Bench(args) => bench::bench(&Project::find()?, &args),
        Command::Record(args) => record::record(&Project::find()?, &args),
        Command::Verify(args) => verify::verify(&Project::find()?, &args),
        Command::Preprocess(args) => preprocess(args.supports.as_ref()),
    }
}

/// `workbook serve`: builds the book with the reader's own results in it, and serves it.
fn serve(project: &Project, args: &cli::Serve) -> anyhow::Result<ExitCode> {
    let options = stage::serve::Options {
        port: args.port,
        open: args.open,
        prepare: args.prepare,
    };
    let of = project.clone();
    let build = Box::new(move |site: &Scratch| {
        let options = book::Options {
            own_results: true,
            ..book::Options::default()
        };
        Ok(book::build_in(&of, site, &options)?.problems)
    });
    stage::serve::serve(project, options, build)?;
    Ok(ExitCode::SUCCESS)
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
