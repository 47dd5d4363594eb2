//! The report as a table, as JSON or as CSV.

use std::io::{self, IsTerminal, Write};

use super::arguments::Format;
use super::terminal::tell;
use super::{csv, table};
use crate::error::Error;
use crate::event::Outcome;

/// Prints the report on standard output, and why it is of a part if it is.
pub(super) fn print(
    outcome: &Outcome,
    why_partial: &str,
    format: Format,
    top: usize,
) -> io::Result<()> {
    let is_terminal = io::stdout().is_terminal();
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        Format::Json => {
            serde_json::to_writer(&mut out, outcome)?;
            writeln!(out)?;
        }
        Format::Csv => csv::write(&outcome.rows, is_terminal, &mut out)?,
        Format::Table => table::write(outcome, why_partial, top, is_terminal, &mut out)?,
    }
    out.flush()?;
    if format == Format::Csv {
        // The rows cannot say this, and nothing may be lost in silence.
        tell(format_args!("{}", table::totals(outcome, why_partial)));
    }
    Ok(())
}

/// A reader that went away (`| head`) is no failure; anything else is.
pub(super) fn unless_nobody_reads(written: io::Result<()>) -> Result<(), Error> {
    match written {
        Err(err) if err.kind() != io::ErrorKind::BrokenPipe => Err(Error::System {
            what: "cannot write the report",
            source: err,
        }),
        _ => Ok(()),
    }
}
