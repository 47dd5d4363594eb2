//! The command line of a worker: `--serve lookup`, for the run that has started it or for any that connect.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use traffic::units::duration;

use crate::child::die_with_parent;
use crate::health;
use crate::hello::HELLO_MAX;
use crate::leave::{Leave, Leaving};
use crate::place::{STAGE, resolve};
use crate::serve::{Failed, serve, serve_until};
use crate::tls;

/// Works for runs on other processes' behalf
#[derive(Debug, Parser)]
#[command(name = env!("CARGO_PKG_NAME"), version)]
struct Arguments {
    /// The stage to work as: lookup
    #[arg(long, value_name = "STAGE", value_parser = [STAGE])]
    serve: String,
    /// Where to wait for runs, as many as come, until Ctrl-C or SIGTERM: 127.0.0.1:7000, or 0.0.0.0:7000 with --keys for
    /// those on other machines; port 0 is a free one. Without it, standard input is a socket with one run at the other end
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// The folder of the keys for mutual TLS, which is a must beyond loopback: authority.pem, worker.pem and worker.key of
    /// those that `--make-keys DIR` makes
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// Where to tell `health HOST:PORT` how it is, on loopback: 127.0.0.1:7001
    #[arg(long, value_name = "HOST:PORT", requires = "listen")]
    health: Option<String>,
    /// How long it may take to report what it has begun, when it is told to end
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "5s", requires = "listen")]
    grace: Duration,
}

impl Arguments {
    /// What it goes by besides its place, defaults too.
    fn told(&self) -> String {
        let keys = self.keys.as_ref().map(|keys| keys.display().to_string());
        let none = || "none".to_owned();
        format!(
            "keys: {}; health: {}; grace: {:?}",
            keys.unwrap_or_else(none),
            self.health.clone().unwrap_or_else(none),
            self.grace
        )
    }
}

/// Runs a worker, if that is what the command line asks for.
pub fn main() -> Option<ExitCode> {
    std::env::args_os().find(|argument| argument.as_encoded_bytes().starts_with(b"--serve"))?;
    let arguments = Arguments::parse();
    let outcome = match Runtime::new() {
        Ok(runtime) => {
            let outcome = runtime.block_on(work(arguments));
            // What is still under way is for a run that is gone.
            runtime.shutdown_background();
            outcome
        }
        Err(err) => Err(err.to_string()),
    };
    Some(match outcome {
        Ok(code) => code,
        Err(why) => {
            eprintln!("{} --serve {STAGE}: {why}", env!("CARGO_PKG_NAME"));
            ExitCode::from(2)
        }
    })
}

async fn work(arguments: Arguments) -> Result<ExitCode, String> {
    match &arguments.listen {
        None => for_parent().await.map(|()| ExitCode::SUCCESS),
        Some(address) => for_all(address, &arguments).await,
    }
}

async fn for_parent() -> Result<(), String> {
    die_with_parent();
    let stream = standard_input().map_err(|err| format!("standard input is no socket: {err}"))?;
    match serve(stream).await {
        // A parent that is gone has told its user what there is to tell.
        Ok(()) | Err(Failed::Gone(_) | Failed::Stranger(_)) => Ok(()),
        Err(err) => Err(err.to_string()),
    }
}

fn standard_input() -> io::Result<UnixStream> {
    let stream = StdUnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    stream.peer_addr()?;
    stream.set_nonblocking(true)?;
    UnixStream::from_std(stream)
}

async fn for_all(address: &str, arguments: &Arguments) -> Result<ExitCode, String> {
    // From the first moment: where this is the first process of a container, no signal ends it that it does not ask for.
    let mut ends = Ends::listen().map_err(|err| err.to_string())?;
    let addresses = resolve(address, arguments.keys.is_some())?;
    let acceptor = match &arguments.keys {
        None => None,
        Some(folder) => Some(tls::acceptor(folder).map_err(|err| err.to_string())?),
    };
    let listening = TcpListener::bind(&addresses[..]).await;
    let listener = listening.map_err(|err| format!("cannot listen at {address}: {err}"))?;
    let place = listener.local_addr().map_err(|err| err.to_string())?;
    let (leave, leaving) = Leave::new();
    if let Some(address) = &arguments.health {
        let listening = TcpListener::bind(&resolve(address, false)?[..]).await;
        let listener =
            listening.map_err(|err| format!("cannot tell its health at {address}: {err}"))?;
        tokio::spawn(health::tell(listener, leaving.clone()));
    }
    eprintln!("{STAGE} waits for runs at {place}; Ctrl-C ends it");
    eprintln!("{STAGE} has {}", arguments.told());
    let mut runs = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    let (acceptor, leaving) = (acceptor.clone(), leaving.clone());
                    runs.spawn(async move {
                        if let Err(why) = for_one(stream, acceptor, leaving).await {
                            eprintln!("{STAGE}, for {from}: {why}");
                        }
                    });
                }
                // Too many open files, say: the next run may have more luck.
                Err(err) => eprintln!("{STAGE} cannot accept a run: {err}"),
            },
            Some(_) = runs.join_next() => {}
            () = ends.next() => break,
        }
    }
    // Refused from here on: a run that comes now is to go elsewhere.
    drop(listener);
    leave.now();
    Ok(drain(runs, arguments.grace, ends).await)
}

// ANCHOR: drain
/// Waits until all runs have what was begun for them, for the grace at most.
async fn drain(mut runs: JoinSet<()>, grace: Duration, mut ends: Ends) -> ExitCode {
    eprintln!("{STAGE} leaves: it reports what it has begun, within {grace:?}");
    tokio::select! {
        () = async { while runs.join_next().await.is_some() {} } => {
            eprintln!("{STAGE} has left");
            return ExitCode::SUCCESS;
        }
        () = sleep(grace) => {}
        () = ends.next() => {}
    }
    eprintln!("{STAGE} ends before all is reported: a run does again what it misses");
    ExitCode::FAILURE
}
// ANCHOR_END: drain

/// What tells a worker to end: its manager, or Ctrl-C.
struct Ends {
    terminate: Signal,
    interrupt: Signal,
}

impl Ends {
    fn listen() -> io::Result<Ends> {
        Ok(Ends {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

async fn for_one(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    leaving: Leaving,
) -> Result<(), String> {
    stream.set_nodelay(true).map_err(|err| err.to_string())?;
    let served = match acceptor {
        None => serve_until(stream, leaving).await,
        Some(acceptor) => match timeout(HELLO_MAX, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => serve_until(stream, leaving).await,
            Ok(Err(err)) => return Err(format!("it did not prove who it is: {err}")),
            Err(_) => return Err("it does not speak TLS".into()),
        },
    };
    served.map_err(|err| err.to_string())
}
