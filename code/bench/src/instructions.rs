//! Counting the instructions of a whole process, where a machine has no counters that a program may read.
//!
//! Valgrind runs the program on a processor of its own, slowly, and counts. What does not depend on the number
//! of lines (to start, to fetch a table, to print) is the same on a short log and on a long one, so the
//! difference of two runs is that of their lines. The directory is in this process and is not counted.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use traffic::directory::{Config, Server};
use traffic::generator::{Workload, write_log};

/// The lines of the short log and of the long one.
const LINES: [u64; 2] = [5_000, 25_000];

/// What instructions are counted with.
pub(crate) struct Counter {
    folder: tempfile::TempDir,
    server: Server,
}

impl Counter {
    /// Makes the logs and starts the directory.
    ///
    /// # Errors
    ///
    /// If there is no valgrind, or no room for the logs.
    pub fn new() -> Result<Counter> {
        let found = Command::new("valgrind").arg("--version").output();
        ensure!(
            found.is_ok_and(|output| output.status.success()),
            "instructions cannot be counted: valgrind is not installed"
        );
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        for lines in LINES {
            let mut log = Vec::new();
            write_log(Workload::Steady, 1, lines, &mut log, &mut |_| true)?;
            std::fs::write(folder.path().join(lines.to_string()), log)?;
        }
        let server = Server::start(Config::default())?;
        Ok(Counter { folder, server })
    }

    /// The instructions that a program needs for a line.
    ///
    /// # Errors
    ///
    /// If it cannot be run, or does not read all lines.
    pub fn per_line(&self, program: &Path) -> Result<f64> {
        let [short, long] = LINES;
        let more = self.count(program, long)? - self.count(program, short)?;
        Ok(more / (long - short) as f64)
    }

    fn count(&self, program: &Path, lines: u64) -> Result<f64> {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .arg(self.folder.path().join(lines.to_string()))
            .args(["--format", "json", "--directory"])
            .arg(self.server.address().to_string())
            .stdin(Stdio::null())
            .output()
            .context("cannot run valgrind")?;
        let (out, err) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        ensure!(
            output.status.success() && out.contains(&format!("\"lines\":{lines},")),
            "{} failed under valgrind:\n{err}",
            program.display()
        );
        let counted = err
            .lines()
            .find_map(|line| line.split("Collected :").nth(1));
        let counted = counted.context("valgrind did not say what it counted")?;
        counted.trim().parse().context("a number of instructions")
    }
}
