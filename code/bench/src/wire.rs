//! Counting the bytes between a run and its worker.
//!
//! The worker is at a port, and in front of it stands the book's own proxy in fair weather, which tells in the end
//! how many bytes it has passed on each way.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::process::{self, Run};
use crate::suites::{Process, Wire};

/// Runs a program once with a worker behind the proxy, and adds what was counted, in bytes for each line.
///
/// # Errors
///
/// If one of the three cannot be run, or does not say what is expected of it.
pub(crate) fn run(binaries: &Path, case: &Process, wire: Wire) -> Result<Run> {
    let program = binaries.join(case.program);
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let keys = folder.path().join("keys");
    let mut with_keys = Vec::new();
    if wire == Wire::Tls {
        let made = Command::new(&program)
            .arg("--make-keys")
            .arg(&keys)
            .stdout(Stdio::null())
            .status();
        ensure!(made.is_ok_and(|made| made.success()), "there are no keys");
        with_keys = vec!["--keys".to_owned(), keys.display().to_string()];
    }
    let listen = ["--serve", "lookup", "--listen", "127.0.0.1:0"];
    let worker = Beside::start(Command::new(&program).args(listen).args(&with_keys))?;
    let address = worker.place("at ")?;
    let to = ["--listen", "127.0.0.1:0", "--to", &address];
    let mut proxy = Beside::start(Command::new(binaries.join("weather")).args(to))?;
    let place = format!("lookup={}", proxy.place("weather: ")?);
    let mut case = case.clone();
    case.arguments.extend(["--place".to_owned(), place]);
    case.arguments.extend(with_keys);
    let mut run = process::run(binaries, &case)?;
    let passed = proxy.next_line()?;
    let (up, down) = counted(&passed).with_context(|| format!("no bytes in `{passed}`"))?;
    let (_, lines) = *run.metrics.get("lines").context("a run without lines")?;
    for (name, bytes) in [("up", up), ("down", down), ("both", up + down)] {
        let name = format!("wire_bytes_per_line.{name}");
        run.metrics.insert(name, ("bytes", bytes / lines));
    }
    Ok(run)
}

/// What was passed on up and down, of a line such as `weather: connection 0: Passed { up: 7, down: 8, end: Peers }`.
fn counted(line: &str) -> Option<(f64, f64)> {
    let number = |name: &str| {
        let (_, rest) = line.split_once(name)?;
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse().ok()
    };
    Some((number("up: ")?, number("down: ")?))
}

/// A program that runs beside what is measured, and says where it is on its standard error. Dropping it ends it.
struct Beside {
    child: Child,
    says: BufReader<ChildStderr>,
    first: String,
}

impl Beside {
    fn start(command: &mut Command) -> Result<Beside> {
        let name = command.get_program().display().to_string();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {name}"))?;
        let says = child.stderr.take().context("its standard error")?;
        let mut beside = Beside {
            child,
            says: BufReader::new(says),
            first: String::new(),
        };
        beside.first = beside.next_line()?;
        Ok(beside)
    }

    /// The address in its first line, behind some words.
    fn place(&self, behind: &str) -> Result<String> {
        let place = self.first.split_once(behind).map(|(_, rest)| rest);
        let place = place.and_then(|rest| rest.split([' ', ';']).next());
        match place {
            Some(place) if place.contains(':') => Ok(place.to_owned()),
            _ => bail!("no address in `{}`", self.first),
        }
    }

    fn next_line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.says.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // One that has ended already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_proxy_says_is_read() {
        let line = "weather: connection 0: Passed { up: 7012, down: 812, end: Peers }";
        assert_eq!(counted(line), Some((7012.0, 812.0)));
        assert_eq!(counted("weather: connection 0: cannot connect"), None);
    }
}
