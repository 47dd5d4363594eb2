//! A worker as a manager has it: with flags of the manager's, told to end, and waited for.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::{Signal, kill_process};

use super::program::{pid, until};

/// A worker, which ends with the test that has started it.
#[derive(Debug)]
pub struct Managed {
    child: Child,
    address: String,
}

impl Managed {
    pub fn start(own: &[&str]) -> Managed {
        let child = Command::new(super::PROGRAM)
            .args(["--serve", "lookup", "--listen", "127.0.0.1:0"])
            .args(own)
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("the program is built");
        let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("a line");
        let address = line.split([' ', ';']).find(|word| word.starts_with("127."));
        let address = address
            .unwrap_or_else(|| panic!("no address: {line}"))
            .to_owned();
        // What else it says is not read, and must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        Managed { child, address }
    }

    /// Where it is, as `--place` wants it.
    pub fn place(&self) -> String {
        format!("lookup={}", self.address)
    }

    /// Tells it to end, and waits until it has.
    pub fn told_to_end(mut self) -> ExitStatus {
        kill_process(pid(self.child.id()), Signal::TERM).expect("it runs");
        let mut status = None;
        until("end of the worker", || {
            status = self.child.try_wait().expect("a child");
            status.is_some()
        });
        status.expect("it was waited for")
    }
}

impl Drop for Managed {
    fn drop(&mut self) {
        // If it has ended, both fail.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
