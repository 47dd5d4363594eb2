//! What a pod needs besides its programs: a process that holds its network, and one that asks how a server is.
//!
//! Containers that share a loopback interface (Kubernetes calls that a pod) share it with the one that began it, and lose it
//! when that one ends. So the first of them does nothing, and never has a reason to end.
//!
//! An image of a server's has no shell and no client. Both NATS and Redis answer PING with PONG, and nothing else is needed
//! to know that one answers.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many lines it may say before: NATS introduces itself with one.
const LINES: usize = 3;

/// Holds the network of a pod, or asks a server of it how it is
#[derive(Debug, Parser)]
#[command(name = "pod", version)]
enum Command {
    /// Does nothing, until it is told to end
    Hold,
    /// Asks a server of NATS or Redis: the exit code is 0 if it answers, and else 1
    Health {
        /// Where it is
        #[arg(value_name = "ADDRESS:PORT")]
        at: SocketAddr,
    },
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Hold => hold(),
        Command::Health { at } => ask(at).map(|()| println!("ready")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            println!("not well: {err}");
            ExitCode::FAILURE
        }
    }
}

fn hold() -> io::Result<()> {
    Runtime::new()?.block_on(async {
        // It is the first process of its container: no signal ends it that it does not ask for.
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            _ = interrupt.recv() => Ok(()),
        }
    })
}

fn ask(at: SocketAddr) -> io::Result<()> {
    let mut connection = TcpStream::connect_timeout(&at, PATIENCE)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.write_all(b"PING\r\n")?;
    let lines = BufReader::new(connection).lines().take(LINES);
    for line in lines {
        if line?.trim_start_matches('+') == "PONG" {
            return Ok(());
        }
    }
    Err(io::Error::other(format!("{at} does not answer")))
}
