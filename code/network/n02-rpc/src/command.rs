//! The command line of a service: `--serve front` or `--serve directory`, for one caller or for all that connect.

use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use traffic::Directory as Upstream;
use traffic::directory::Policy;

use crate::contract::Directory;
use crate::front::Front;
use crate::hello::{HELLO_MAX, greet};
use crate::here::Here;
use crate::left::{Left, Noted};
use crate::places::{DIRECTORY, FRONT, LEFT, SERVICES, resolve};
use crate::process::die_with_parent;
use crate::service::serve;
use crate::services::{call_over, connect};
use crate::tls;

/// Answers calls on other processes' behalf
#[derive(Debug, Parser)]
#[command(name = env!("CARGO_PKG_NAME"), version)]
struct Arguments {
    /// The service to be: front, a cache, or directory, what it stands in front of
    #[arg(long, value_name = "SERVICE", value_parser = SERVICES)]
    serve: String,
    /// Where to wait for callers, as many as come, until Ctrl-C: 127.0.0.1:7000, or 0.0.0.0:7000 with --keys for those on
    /// other machines; port 0 is a free one. Without it, standard input is a socket with one caller at the other end
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// For a front: where the directory waits that it asks; `-` if standard output is a socket to it
    #[arg(long, value_name = "HOST:PORT", conflicts_with = "directory")]
    asks: Option<String>,
    /// Where the directory is that is asked in its own language, and not by calls
    #[arg(long, value_name = "HOST:PORT,…", required_unless_present = "asks")]
    directory: Option<String>,
    /// How patient to be with it
    #[arg(long, value_name = "JSON", hide = true, value_parser = policy)]
    policy: Option<Policy>,
    /// left: tell, when a caller has gone, how often it asked, and how much time its questions had left when they came
    #[arg(long, value_name = "WHAT", value_parser = [LEFT])]
    tell: Option<String>,
    /// The folder of the keys for mutual TLS, which is a must beyond loopback: authority.pem, worker.pem and worker.key of
    /// those that `--make-keys DIR` makes
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
}

impl Arguments {
    /// Whether it tells how much of their deadlines questions had left.
    fn tells_left(&self) -> bool {
        self.tell.is_some()
    }
}

fn policy(text: &str) -> Result<Policy, String> {
    serde_json::from_str(text).map_err(|err| err.to_string())
}

/// Runs a service, if that is what the command line asks for.
pub fn main() -> Option<ExitCode> {
    std::env::args_os().find(|argument| argument.as_encoded_bytes().starts_with(b"--serve"))?;
    let arguments = Arguments::parse();
    let service = arguments.serve.clone();
    let outcome = match Runtime::new() {
        Ok(runtime) => {
            let outcome = runtime.block_on(work(arguments));
            // What is still under way is for a caller that is gone.
            runtime.shutdown_background();
            outcome
        }
        Err(err) => Err(err.to_string()),
    };
    Some(match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{} --serve {service}: {why}", env!("CARGO_PKG_NAME"));
            ExitCode::from(2)
        }
    })
}

/// Becomes the service that is wanted, out of the two that there are.
async fn work(arguments: Arguments) -> Result<(), String> {
    if arguments.listen.is_none() {
        die_with_parent();
    }
    let service = arguments.serve.as_str();
    match (service, &arguments.asks) {
        (DIRECTORY, Some(_)) => Err("a directory asks no other: give --directory HOST:PORT".into()),
        (FRONT, Some(_)) => {
            let remote = asked(&arguments).await?;
            answer(&arguments, Front::of(remote)).await
        }
        (_, None) => {
            let addresses = arguments.directory.as_deref().unwrap_or_default();
            let policy = arguments.policy.unwrap_or_default();
            let here = Here::over(upstream(addresses, policy)?.share());
            match service {
                FRONT => answer(&arguments, Front::of(here)).await,
                _ => answer(&arguments, here).await,
            }
        }
        (other, Some(_)) => Err(format!("there is no service `{other}`")),
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

/// The directory service that a front asks.
async fn asked(arguments: &Arguments) -> Result<crate::remote::Remote, String> {
    let address = arguments.asks.as_deref().unwrap_or_default();
    let keys = arguments.keys.as_deref();
    let (name, asked) = if address == "-" {
        let name = format!("the {DIRECTORY}");
        let stream = socket(io::stdout().as_fd())
            .map_err(|err| format!("standard output is no socket: {err}"))?;
        let asked = call_over(&name, DIRECTORY, stream, None).await;
        (name, asked)
    } else {
        let name = format!("the {DIRECTORY} at {address}");
        let asked = match connect(address, keys.is_some()).await {
            Ok(stream) => call_over(&name, DIRECTORY, stream, keys).await,
            Err(why) => Err(why),
        };
        (name, asked)
    };
    asked.map_err(|why| format!("{name} cannot be used: {why}"))
}

async fn answer(arguments: &Arguments, directory: impl Directory) -> Result<(), String> {
    match &arguments.listen {
        None => {
            let stream = socket(io::stdin().as_fd())
                .map_err(|err| format!("standard input is no socket: {err}"))?;
            // A parent that is gone has told its user what there is to tell.
            let _ = answer_on(stream, &arguments.serve, directory, arguments.tells_left()).await;
            Ok(())
        }
        Some(address) => answer_all(address, arguments, directory).await,
    }
}

fn socket(descriptor: BorrowedFd<'_>) -> io::Result<UnixStream> {
    let stream = StdUnixStream::from(descriptor.try_clone_to_owned()?);
    stream.peer_addr()?;
    stream.set_nonblocking(true)?;
    UnixStream::from_std(stream)
}

async fn answer_on<S>(
    mut stream: S,
    service: &str,
    directory: impl Directory,
    tells_left: bool,
) -> Result<(), String>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    greet(&mut stream, service)
        .await
        .map_err(|err| err.to_string())?;
    if tells_left {
        let (behind, left) = (directory, Left::default());
        let noted = Noted {
            behind,
            left: left.clone(),
        };
        serve(noted, stream).await;
        // In one piece, for another service may end at the same moment and says it to the same terminal.
        let line = format!("the {service} {left}\n");
        eprint!("{line}");
    } else {
        serve(directory, stream).await;
    }
    Ok(())
}

async fn answer_all(
    address: &str,
    arguments: &Arguments,
    directory: impl Directory,
) -> Result<(), String> {
    let keys = &arguments.keys;
    let addresses = resolve(address, keys.is_some())?;
    let acceptor = match keys {
        None => None,
        Some(folder) => Some(tls::acceptor(folder).map_err(|err| err.to_string())?),
    };
    let listening = TcpListener::bind(&addresses[..]).await;
    let listener = listening.map_err(|err| format!("cannot listen at {address}: {err}"))?;
    let place = listener.local_addr().map_err(|err| err.to_string())?;
    let (service, tells_left) = (arguments.serve.clone(), arguments.tells_left());
    eprintln!("{service} waits for callers at {place}; Ctrl-C ends it");
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    let (acceptor, service) = (acceptor.clone(), service.clone());
                    let directory = directory.clone();
                    tokio::spawn(async move {
                        let answered =
                            answer_one(stream, &service, acceptor, directory, tells_left).await;
                        if let Err(why) = answered {
                            eprintln!("{service}, for {from}: {why}");
                        }
                    });
                }
                // Too many open files, say: the next caller may have more luck.
                Err(err) => eprintln!("{service} cannot accept a caller: {err}"),
            },
            interrupted = tokio::signal::ctrl_c() => return interrupted.map_err(|err| err.to_string()),
        }
    }
}

async fn answer_one(
    stream: TcpStream,
    service: &str,
    acceptor: Option<TlsAcceptor>,
    directory: impl Directory,
    tells_left: bool,
) -> Result<(), String> {
    stream.set_nodelay(true).map_err(|err| err.to_string())?;
    match acceptor {
        None => answer_on(stream, service, directory, tells_left).await,
        Some(acceptor) => match timeout(HELLO_MAX, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => answer_on(stream, service, directory, tells_left).await,
            Ok(Err(err)) => Err(format!("it did not prove who it is: {err}")),
            Err(_) => Err("it does not speak TLS".into()),
        },
    }
}
