//! The report as a table, as JSON or as CSV.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::arguments::Format;
use super::table;
use crate::error::Error;
use crate::report::{Report, Row};

/// One finished run: the object that `--format json` prints.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Outcome {
    pub step: &'static str,
    pub lines: u64,
    pub malformed: u64,
    pub unresolved: u64,
    /// From the first byte of input to the sorted report.
    pub seconds: f64,
    /// Only there when the input was ended early.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
    pub rows: Vec<Row>,
}

impl Outcome {
    pub fn new(
        step: &'static str,
        report: &Report,
        rows: Vec<Row>,
        seconds: f64,
        partial: bool,
    ) -> Outcome {
        Outcome {
            step,
            lines: report.lines(),
            malformed: report.malformed_lines(),
            unresolved: report.unresolved(),
            seconds,
            partial,
            rows,
        }
    }
}

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
