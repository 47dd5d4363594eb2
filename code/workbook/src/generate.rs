//! `workbook generate`: a log of any length, the same for the same seed.

use std::fs::{File, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
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
    traffic::harness::outlive_full_files();
    // By convention `-` is standard output, as it is standard input elsewhere; `./-` is a file.
    let file = args.output.as_ref().filter(|path| path.as_os_str() != "-");
    let written = match file {
        Some(path) => to_file(args, &interrupt, path)
            .with_context(|| format!("cannot write {}", path.display()))?,
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

/// Writes beside the file and takes its place at the end: what was there stays until all of the new one is. A device or a
/// pipe is written to as it is.
fn to_file(args: &cli::Generate, interrupt: &Interrupt, path: &Path) -> io::Result<u64> {
    // A link stays one, and what it leads to is replaced.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let there = std::fs::metadata(path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        return write(args, interrupt, File::options().write(true).open(path)?);
    }
    if there.is_some() {
        // Whoever may not write to a file may not replace it.
        File::options().write(true).open(path)?;
    }
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    // As of a file that a shell makes: the user's mask takes of it what it takes.
    let mut beside = tempfile::Builder::new()
        .prefix(".log-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)?;
    if let Some(there) = there {
        beside.as_file().set_permissions(there.permissions())?;
    }
    let written = write(args, interrupt, beside.as_file_mut())?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(written)
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
