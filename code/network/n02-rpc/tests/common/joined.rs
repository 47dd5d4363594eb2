//! Services that wait at ports of their own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use traffic::directory::{Config, Server};

use super::PROGRAM;

/// A service that waits at a port of its own.
pub struct Service {
    pub child: Child,
    pub address: String,
}

impl Service {
    pub fn start(service: &str, asks: &[&str], keys: Option<&Path>) -> Service {
        traffic::testing::process::hear_interrupts();
        let mut command = Command::new(PROGRAM);
        command.args(["--serve", service, "--listen", "127.0.0.1:0"]);
        command.args(asks);
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
            .split_once(" at ")
            .and_then(|(_, at)| at.split_once(';'));
        let (address, _) = address.unwrap_or_else(|| panic!("no address: {line}"));
        let address = address.to_owned();
        // What else it says is not read, and must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        Service { child, address }
    }

    pub fn place(&self, service: &str) -> String {
        format!("{service}={}", self.address)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A front and a directory behind it, at ports, and the table that both end at.
pub fn two(keys: Option<&Path>) -> (Service, Service, Server) {
    let table = Server::start(Config::default()).expect("a server on loopback");
    let address = table.address().to_string();
    let directory = Service::start("directory", &["--directory", &address], keys);
    let front = Service::start("front", &["--asks", &directory.address], keys);
    (front, directory, table)
}
