//! A worker that is there before the run is: it waits at a port of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A worker, which ends with the test that has started it.
#[derive(Debug)]
pub struct Joined {
    pub child: Child,
    address: String,
}

impl Joined {
    pub fn start(keys: Option<&Path>) -> Joined {
        Joined::start_at("127.0.0.1:0", keys)
    }

    pub fn start_at(address: &str, keys: Option<&Path>) -> Joined {
        traffic::testing::process::hear_interrupts();
        let mut command = Command::new(super::PROGRAM);
        command.args(["--serve", "lookup", "--listen", address]);
        if let Some(keys) = keys {
            command.arg("--keys").arg(keys);
        }
        let mut child = command
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program is built");
        let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("a line");
        let address = line
            .split(['t', ';'])
            .find_map(|part| part.trim().strip_prefix("127."));
        let address = format!(
            "127.{}",
            address.unwrap_or_else(|| panic!("no address: {line}"))
        );
        // What else it says is not read, and must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        Joined { child, address }
    }

    /// Where it is, as `--place` wants it.
    pub fn place(&self) -> String {
        format!("lookup={}", self.address)
    }
}

impl Drop for Joined {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
