//! `workbook directory`: the directory as a process of its own, for steps that are told its address.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use stage::terminal;
use traffic::directory::{Config, Server, Table};

use crate::cli;
use crate::interrupt::Interrupt;

/// How often to look whether Ctrl-C was pressed: sooner than anyone notices.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Serves until Ctrl-C. The address is on standard output, for scripts to read.
pub fn directory(args: &cli::Directory) -> Result<ExitCode> {
    let interrupt = Interrupt::listen()?;
    let table = match &args.table {
        Some(path) => Table::read(path)?,
        None => Table::iana(),
    };
    let ranges = table.len();
    let server = Server::start(Config {
        port: args.port,
        delay: args.delay,
        table: Arc::new(table),
        fault: args.fault,
        changes: args.changes,
    })?;
    terminal::out(&format!("{}\n", server.address()))?;
    terminal::note(&format!(
        "the directory answers from {ranges} ranges after {:?}, until Ctrl-C",
        args.delay
    ));
    while !interrupt.is_requested() {
        std::thread::sleep(LOOK_EVERY);
    }
    terminal::note(&format!("requests answered: {}", server.requests()));
    Ok(ExitCode::SUCCESS)
}
