//! Counting the instructions and the mispredicted branches of a line: by the processor where it lets a program do
//! that, and else by valgrind.
//!
//! A processor counts what it did (`perf stat`). Virtual machines often hide its counters. Valgrind runs the program
//! on a processor of its own and counts there; its predictor is a simple one of the nineties, worse than today's,
//! so its mispredictions say where guesses are made rather than how many go wrong. As with [`crate::instructions`],
//! the difference between a long log and a short one is that of their lines.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail, ensure};
use traffic::directory::{Config, Server};
use traffic::generator::{Workload, write_log};

use crate::suites::Counted;

/// The lines of the short log and of the long one: enough for a route to be known when it comes, mostly.
const LINES: [u64; 2] = [100_000, 300_000];

/// What perf is asked for: what the program did, without the kernel.
const EVENTS: [&str; 2] = ["instructions:u", "branch-misses:u"];

/// What was counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Events {
    pub instructions: f64,
    pub mispredicted: f64,
}

/// What counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Processor,
    Valgrind,
}

/// Logs, a directory, and what counts.
pub(crate) struct Counter {
    how: How,
    folder: tempfile::TempDir,
    server: Server,
}

impl Counter {
    /// Looks what can count here, makes the logs and starts the directory.
    ///
    /// # Errors
    ///
    /// If nothing here can count, or there is no room for the logs.
    pub fn new() -> Result<Counter> {
        let how = How::here()?;
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        for workload in [Workload::Steady, Workload::Wide] {
            for lines in LINES {
                let mut log = Vec::new();
                write_log(workload, 1, lines, &mut log, &mut |_| true)?;
                std::fs::write(log_in(folder.path(), workload, lines), log)?;
            }
        }
        let server = Server::start(Config::default())?;
        Ok(Counter {
            how,
            folder,
            server,
        })
    }

    /// What counts, in words.
    pub fn how(&self) -> &'static str {
        match self.how {
            How::Processor => "the processor",
            How::Valgrind => "valgrind",
        }
    }

    /// What a program needs for a line.
    ///
    /// # Errors
    ///
    /// If it cannot be run, or does not read all lines.
    pub fn per_line(&self, binaries: &Path, case: &Counted) -> Result<Events> {
        let [short, long] = LINES;
        let (few, many) = (
            self.count(binaries, case, short)?,
            self.count(binaries, case, long)?,
        );
        let lines = (long - short) as f64;
        Ok(Events {
            instructions: (many.instructions - few.instructions) / lines,
            mispredicted: (many.mispredicted - few.mispredicted) / lines,
        })
    }

    fn count(&self, binaries: &Path, case: &Counted, lines: u64) -> Result<Events> {
        let program = binaries.join(case.program);
        let mut command = self.how.command();
        command
            .arg(&program)
            .arg(log_in(self.folder.path(), case.workload, lines))
            .args(["--workers", "1", "--format", "json", "--directory"])
            .arg(self.server.address().to_string())
            .envs(case.environment);
        let output = output(&mut command)?;
        let (out, err) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        ensure!(
            output.status.success() && out.contains(&format!("\"lines\":{lines},")),
            "{} failed while it was counted:\n{err}",
            program.display()
        );
        self.how
            .read(&err)
            .with_context(|| format!("{} did not say what it counted:\n{err}", self.how()))
    }
}

impl How {
    /// The best that there is here.
    fn here() -> Result<How> {
        for how in [How::Processor, How::Valgrind] {
            let tried = output(how.command().arg("true"));
            let read = tried.map(|output| how.read(&String::from_utf8_lossy(&output.stderr)));
            if read.is_ok_and(|read| read.is_some()) {
                return Ok(how);
            }
        }
        bail!(
            "nothing was counted: `perf stat` finds no counters of the processor here, and valgrind is not installed"
        )
    }

    /// What counts, without the program that is counted.
    fn command(self) -> Command {
        match self {
            How::Processor => {
                let mut perf = Command::new("perf");
                perf.args(["stat", "-x", ",", "-e", &EVENTS.join(","), "--"]);
                perf
            }
            How::Valgrind => {
                let mut valgrind = Command::new("valgrind");
                valgrind.args(["--tool=callgrind", "--branch-sim=yes"]);
                valgrind.arg("--callgrind-out-file=/dev/null");
                valgrind
            }
        }
    }

    /// What it says that it has counted, if it has.
    fn read(self, said: &str) -> Option<Events> {
        match self {
            How::Processor => {
                let value = |event: &str| {
                    let line = said.lines().find(|line| line.contains(event))?;
                    line.split(',').next()?.parse().ok()
                };
                Some(Events {
                    instructions: value(EVENTS[0])?,
                    mispredicted: value(EVENTS[1])?,
                })
            }
            How::Valgrind => {
                let named = |name: &str| {
                    let line = said.lines().find_map(|line| line.split_once(name))?.1;
                    Some(line.split_whitespace().map(str::to_owned).collect())
                };
                let names: Vec<String> = named("Events    : ")?;
                let values: Vec<String> = named("Collected : ")?;
                let value = |event: &str| {
                    let at = names.iter().position(|name| name == event)?;
                    values.get(at)?.parse::<f64>().ok()
                };
                Some(Events {
                    instructions: value("Ir")?,
                    // Of conditional jumps, and of jumps and calls whose goal is in a register.
                    mispredicted: value("Bcm")? + value("Bim")?,
                })
            }
        }
    }
}

fn output(command: &mut Command) -> Result<Output> {
    // What it says is read, so it shall say it in no other language.
    let command = command.env("LC_ALL", "C").stdin(Stdio::null());
    command.output().context("cannot run what counts")
}

fn log_in(folder: &Path, workload: Workload, lines: u64) -> PathBuf {
    folder.join(format!("{workload}-{lines}.log"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_says_is_read() {
        let perf = "12345,,instructions:u,990,100.00,,\n67,,branch-misses:u,990,100.00,,\n";
        let expected = Events {
            instructions: 12345.0,
            mispredicted: 67.0,
        };
        assert_eq!(How::Processor.read(perf), Some(expected));
        let hidden = "<not supported>,,instructions:u,0,100.00,,\n<not supported>,,branch-misses:u";
        assert_eq!(How::Processor.read(hidden), None);
        let valgrind = "==7== Events    : Ir Bc Bcm Bi Bim\n==7== Collected : 12345 900 60 8 7\n";
        assert_eq!(How::Valgrind.read(valgrind), Some(expected));
        assert_eq!(How::Valgrind.read("valgrind: no such program"), None);
    }
}
