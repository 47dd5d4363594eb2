//! The command line of a server: `--serve server`, for one caller or for all that connect.

use std::io;
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use traffic::Directory as Upstream;
use traffic::directory::Policy;

use crate::contract::Directory;
use crate::enlist::serving;
use crate::hello::{HELLO_MAX, greet};
use crate::limited::Limits;
use crate::options::{SERVER, SERVICE, resolve};
use crate::process::die_with_parent;
use crate::service::serve;
use crate::tls;

/// Answers calls on other processes' behalf, one question after the other
#[derive(Debug, Parser)]
#[command(name = env!("CARGO_PKG_NAME"), version)]
struct Arguments {
    /// What to be
    #[arg(long, value_name = "SERVICE", value_parser = [SERVER])]
    serve: String,
    /// Where to wait for callers; without it, standard input is a socket with one at the other end
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// Where the directory is that is asked for what the server does not remember
    #[arg(long, value_name = "HOST:PORT,…")]
    directory: String,
    /// How patient to be with it
    #[arg(long, value_name = "JSON", hide = true, value_parser = policy)]
    policy: Option<Policy>,
    /// The time for one question [default: 50us]
    #[arg(long, value_name = "TIME", value_parser = traffic::units::duration)]
    service: Option<Duration>,
    /// From which of its questions on it is ten times as slow
    #[arg(long, value_name = "QUESTIONS")]
    slow_from: Option<u64>,
    /// Refuse what would have to wait for longer than this
    #[arg(long, value_name = "TIME", value_parser = traffic::units::duration)]
    shed: Option<Duration>,
    /// Keys for mutual TLS, which is a must beyond loopback
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
}

fn policy(text: &str) -> Result<Policy, String> {
    serde_json::from_str(text).map_err(|err| err.to_string())
}

/// Runs a server, if that is what the command line asks for.
pub fn main() -> Option<ExitCode> {
    std::env::args_os().find(|argument| argument.as_encoded_bytes().starts_with(b"--serve"))?;
    let arguments = Arguments::parse();
    let outcome = match Runtime::new() {
        Ok(runtime) => {
            let outcome = runtime.block_on(work(&arguments));
            // What is still under way is for a caller that is gone.
            runtime.shutdown_background();
            outcome
        }
        Err(err) => Err(err.to_string()),
    };
    Some(match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!(
                "{} --serve {}: {why}",
                env!("CARGO_PKG_NAME"),
                arguments.serve
            );
            ExitCode::from(2)
        }
    })
}

async fn work(arguments: &Arguments) -> Result<(), String> {
    if arguments.listen.is_none() {
        die_with_parent();
    }
    let policy = arguments.policy.unwrap_or_default();
    let upstream = upstream(&arguments.directory, policy)?;
    let limits = Limits {
        service: arguments.service.unwrap_or(SERVICE),
        slow_from: arguments.slow_from,
        shed: arguments.shed,
    };
    let server = serving(&upstream, limits);
    match &arguments.listen {
        None => {
            let stream = socket().map_err(|err| format!("standard input is no socket: {err}"))?;
            // A parent that is gone has told its user what there is to tell.
            let _ = answer_on(stream, server).await;
            Ok(())
        }
        Some(address) => answer_all(address, arguments.keys.as_ref(), server).await,
    }
}

fn upstream(addresses: &str, policy: Policy) -> Result<Upstream, String> {
    let mut resolved: Vec<SocketAddr> = Vec::new();
    for address in addresses.split(',') {
        // Asking it needs no keys: it is the program of Part II, and speaks in the clear.
        resolved.extend(resolve(address, true).map_err(|why| format!("{address}: {why}"))?);
    }
    Upstream::with_policy(&resolved[..], policy).map_err(|err| err.to_string())
}

fn socket() -> io::Result<UnixStream> {
    let stdin = io::stdin();
    let stream = StdUnixStream::from(stdin.as_fd().try_clone_to_owned()?);
    stream.peer_addr()?;
    stream.set_nonblocking(true)?;
    UnixStream::from_std(stream)
}

async fn answer_on<S>(mut stream: S, server: impl Directory) -> Result<(), String>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    greet(&mut stream, SERVER)
        .await
        .map_err(|err| err.to_string())?;
    serve(server, stream).await;
    Ok(())
}

async fn answer_all(
    address: &str,
    keys: Option<&PathBuf>,
    server: impl Directory,
) -> Result<(), String> {
    let addresses = resolve(address, keys.is_some())?;
    let acceptor = match keys {
        None => None,
        Some(folder) => Some(tls::acceptor(folder).map_err(|err| err.to_string())?),
    };
    let listening = TcpListener::bind(&addresses[..]).await;
    let listener = listening.map_err(|err| format!("cannot listen at {address}: {err}"))?;
    let place = listener.local_addr().map_err(|err| err.to_string())?;
    eprintln!("{SERVER} waits for callers at {place}; Ctrl-C ends it");
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    let (acceptor, server) = (acceptor.clone(), server.clone());
                    tokio::spawn(async move {
                        if let Err(why) = answer_one(stream, acceptor, server).await {
                            eprintln!("{SERVER}, for {from}: {why}");
                        }
                    });
                }
                // Too many open files, say: the next caller may have more luck.
                Err(err) => eprintln!("{SERVER} cannot accept a caller: {err}"),
            },
            interrupted = tokio::signal::ctrl_c() => return interrupted.map_err(|err| err.to_string()),
        }
    }
}

async fn answer_one(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    server: impl Directory,
) -> Result<(), String> {
    stream.set_nodelay(true).map_err(|err| err.to_string())?;
    match acceptor {
        None => answer_on(stream, server).await,
        Some(acceptor) => match timeout(HELLO_MAX, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => answer_on(stream, server).await,
            Ok(Err(err)) => Err(format!("it did not prove who it is: {err}")),
            Err(_) => Err("it does not speak TLS".into()),
        },
    }
}
