//! How a worker is, for what restarts workers and sends them work: one line on a port of its own, and `health`, which
//! reads it.
//!
//! The line is written by the tasks that the work is done by, so a process whose tasks stand still is not well, though
//! its system takes connections in its name. The port is on loopback: it says how the *process* is, and nothing about
//! the network between it and its runs.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read};
use std::net::TcpStream as StdTcpStream;
use std::process::ExitCode;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::environment::PREFIX;
use crate::leave::Leaving;
use crate::place::resolve;

/// What comes before the place, on a command line.
pub const COMMAND: &str = "health";

/// Takes runs.
const READY: &str = "ready";

/// Takes no more of them, and ends soon.
const LEAVING: &str = "leaving";

/// How long the line is waited for.
const ANSWER_MAX: Duration = Duration::from_secs(2);

/// The longest line.
const LINE_BYTES_MAX: u64 = 64;

// ANCHOR: tell
/// Tells all that ask how this worker is.
pub async fn tell(listener: TcpListener, leaving: Leaving) {
    loop {
        if let Ok((mut stream, _)) = listener.accept().await {
            let is = if leaving.is_now() { LEAVING } else { READY };
            // One that asks and does not listen is not waited for: so short a line finds room.
            let _ = stream.write_all(format!("{is}\n").as_bytes()).await;
        }
    }
}
// ANCHOR_END: tell

/// `health [HOST:PORT]`: asks there, or where the environment says that the worker tells it. The exit code is 0 for a worker
/// that is ready and 1 for any other, as managers of containers want it.
pub fn main(arguments: &[OsString]) -> ExitCode {
    let variable = format!("{PREFIX}HEALTH");
    let place = match arguments {
        [] => std::env::var(&variable).unwrap_or_default(),
        [place] => place.to_string_lossy().into_owned(),
        _ => String::new(),
    };
    let name = env!("CARGO_PKG_NAME");
    if place.is_empty() {
        eprintln!(
            "{name} {COMMAND}: say where, as in `{name} {COMMAND} 127.0.0.1:7001` or by {variable}"
        );
        return ExitCode::from(2);
    }
    match ask(&place) {
        Ok(line) => {
            println!("{line}");
            ExitCode::from(u8::from(line != READY))
        }
        Err(why) => {
            println!("not well: {why}");
            ExitCode::FAILURE
        }
    }
}

fn ask(place: &str) -> Result<String, String> {
    let addresses = resolve(place, false)?;
    let read = || {
        let stream = StdTcpStream::connect_timeout(&addresses[0], ANSWER_MAX)?;
        stream.set_read_timeout(Some(ANSWER_MAX))?;
        let mut line = String::new();
        BufReader::new(stream.take(LINE_BYTES_MAX)).read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    };
    read().map_err(|err: io::Error| match err.kind() {
        io::ErrorKind::WouldBlock => format!("{place} said nothing for {} s", ANSWER_MAX.as_secs()),
        _ => format!("{place}: {err}"),
    })
}
