//! `mdbook-measured`: measured numbers, judged claims and charts in any mdBook.
//!
//! mdBook runs it as a preprocessor ([`preprocess`]); what it is told in `book.toml` are [`settings`]. By hand it
//! files what criterion has measured ([`collect`]), and prints the style sheet of what it writes into pages.

mod collect;
mod preprocess;
mod settings;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The style sheet, made of the sheets of the book that this preprocessor comes from, in mdBook's own colours.
const STYLE: &str = concat!(
    include_str!("tokens.css"),
    "\n",
    include_str!("../../../../../../book/theme/css/number.css"),
    "\n",
    include_str!("../../../../../../book/theme/css/claim.css"),
    "\n",
    include_str!("../../../../../../book/theme/css/chart.css"),
    "\n",
    include_str!("sizes.css"),
);

/// Measured numbers, judged claims and charts in an mdBook. Without a command it is a preprocessor.
#[derive(Parser)]
#[command(version)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Tells mdBook whether a renderer is supported.
    Supports {
        /// The renderer's name.
        renderer: String,
    },
    /// Files what criterion has measured as a result file.
    Collect(collect::Args),
    /// Prints the style sheet, for `additional-css`.
    Style,
}

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("mdbook-measured: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> Result<ExitCode> {
    match args.command {
        None => return preprocess::preprocess(std::io::stdin().lock(), std::io::stdout().lock()),
        // What it writes is HTML.
        Some(Command::Supports { renderer }) if renderer != "html" => return Ok(ExitCode::FAILURE),
        Some(Command::Supports { .. }) => {}
        Some(Command::Collect(args)) => println!("{}", collect::collect(&args)?.display()),
        Some(Command::Style) => print!("{STYLE}"),
    }
    Ok(ExitCode::SUCCESS)
}
