//! The report as a table, as JSON or as CSV.

use std::io::{self, IsTerminal, Write};

use super::arguments::Format;
use super::table;
use crate::error::Error;
use crate::event::Outcome;

/// Prints the report on standard output.
pub(super) fn print(outcome: &Outcome, format: Format, top: usize) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        Format::Json => {
            serde_json::to_writer(&mut out, outcome)?;
            writeln!(out)?;
        }
        Format::Csv => csv(outcome, &mut out)?,
        Format::Table => table::write(outcome, top, io::stdout().is_terminal(), &mut out)?,
    }
    out.flush()
}

fn csv(outcome: &Outcome, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["holder", "route", "hits", "bytes", "errors"])?;
    for row in &outcome.rows {
        let (hits, bytes, errors) = (
            row.hits.to_string(),
            row.bytes.to_string(),
            row.errors.to_string(),
        );
        csv.write_record([&row.holder, &row.route, &hits, &bytes, &errors])?;
    }
    csv.flush()?;
    // The rows cannot say this, and nothing may be lost in silence.
    eprintln!("{}", table::totals(outcome));
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
