//! `workbook generate`: a log of any length, the same for the same seed.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use stage::terminal;
use traffic::generator;

use crate::cli;
use crate::interrupt::Interrupt;

/// What a shell says of a program that Ctrl-C has ended.
const INTERRUPTED: u8 = 130;

/// Writes the log to the file, or to standard output.
pub fn generate(args: &cli::Generate) -> Result<ExitCode> {
    let interrupt = Interrupt::listen()?;
    // By convention `-` is standard output, as it is standard input elsewhere; `./-` is a file.
    let file = args.output.as_ref().filter(|path| path.as_os_str() != "-");
    let written = match file {
        Some(path) => {
            let file =
                File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            write(args, &interrupt, file)
                .with_context(|| format!("cannot write {}", path.display()))?
        }
        None => match write(args, &interrupt, io::stdout().lock()) {
            // The reader has seen enough, as in `| head`.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            written => written.context("cannot write to standard output")?,
        },
    };
    if written < args.lines {
        terminal::note(&format!("stopped after {written} of {} lines", args.lines));
        return Ok(ExitCode::from(INTERRUPTED));
    }
    Ok(ExitCode::SUCCESS)
}

fn write(args: &cli::Generate, interrupt: &Interrupt, out: impl Write) -> io::Result<u64> {
    let bar = terminal::counting(args.lines, "lines");
    let mut out = BufWriter::new(out);
    let written = generator::write_log(
        args.workload,
        args.seed,
        args.lines,
        &mut out,
        &mut |lines| {
            bar.set_position(lines);
            !interrupt.is_requested()
        },
    );
    bar.finish_and_clear();
    written
}
