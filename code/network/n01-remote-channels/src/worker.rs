//! The command line of a worker: `--serve lookup`, for the run that has started it or for any that connect.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::child::die_with_parent;
use crate::hello::HELLO_MAX;
use crate::place::{STAGE, resolve};
use crate::serve::{Failed, serve};
use crate::tls;

/// Works for runs on other processes' behalf
#[derive(Debug, Parser)]
#[command(name = env!("CARGO_PKG_NAME"), version)]
struct Arguments {
    /// The stage to work as: lookup
    #[arg(long, value_name = "STAGE", value_parser = [STAGE])]
    serve: String,
    /// Where to wait for runs, as many as come, until Ctrl-C: 127.0.0.1:7000, or 0.0.0.0:7000 with --keys for those on
    /// other machines; port 0 is a free one. Without it, standard input is a socket with one run at the other end
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// The folder of the keys for mutual TLS, which is a must beyond loopback: authority.pem, worker.pem and worker.key of
    /// those that `--make-keys DIR` makes
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
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
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{} --serve {STAGE}: {why}", env!("CARGO_PKG_NAME"));
            ExitCode::from(2)
        }
    })
}

async fn work(arguments: Arguments) -> Result<(), String> {
    match arguments.listen {
        None => for_parent().await,
        Some(address) => for_all(&address, arguments.keys).await,
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

async fn for_all(address: &str, keys: Option<PathBuf>) -> Result<(), String> {
    let addresses = resolve(address, keys.is_some())?;
    let acceptor = match &keys {
        None => None,
        Some(folder) => Some(tls::acceptor(folder).map_err(|err| err.to_string())?),
    };
    let listening = TcpListener::bind(&addresses[..]).await;
    let listener = listening.map_err(|err| format!("cannot listen at {address}: {err}"))?;
    let place = listener.local_addr().map_err(|err| err.to_string())?;
    eprintln!("{STAGE} waits for runs at {place}; Ctrl-C ends it");
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    let acceptor = acceptor.clone();
                    tokio::spawn(async move {
                        if let Err(why) = for_one(stream, acceptor).await {
                            eprintln!("{STAGE}, for {from}: {why}");
                        }
                    });
                }
                // Too many open files, say: the next run may have more luck.
                Err(err) => eprintln!("{STAGE} cannot accept a run: {err}"),
            },
            interrupted = tokio::signal::ctrl_c() => return interrupted.map_err(|err| err.to_string()),
        }
    }
}

async fn for_one(stream: TcpStream, acceptor: Option<TlsAcceptor>) -> Result<(), String> {
    stream.set_nodelay(true).map_err(|err| err.to_string())?;
    let served = match acceptor {
        None => serve(stream).await,
        Some(acceptor) => match timeout(HELLO_MAX, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => serve(stream).await,
            Ok(Err(err)) => return Err(format!("it did not prove who it is: {err}")),
            Err(_) => return Err("it does not speak TLS".into()),
        },
    };
    served.map_err(|err| err.to_string())
}
