//! How servers are had: here, started, or connected to, through weather if there is any, and TLS.

use std::io;
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;
use traffic::{Directory as Upstream, Error, Meter};
use weather::{Stream, between};

use crate::contract::{Directory, Outcome};
use crate::fleet::{Fleet, Tell};
use crate::front::Front;
use crate::hello::{HELLO_MAX, greet};
use crate::here::Here;
use crate::job::{Answers, Clients};
use crate::limited::{Limited, Limits};
use crate::options::{Options, Place, SERVER, Upset, resolve};
use crate::process::Process;
use crate::remote::Remote;
use crate::server::Server;
use crate::tls;

/// A server's answers: it is here, or elsewhere.
#[derive(Clone, Debug)]
pub enum Answering {
    /// In this process: nothing of the network is in its path.
    Here(Limited<Front<Here>>),
    /// At the other end of a connection.
    Elsewhere(Remote),
}

impl Directory for Answering {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        match self {
            Answering::Here(server) => server.holders(clients, deadline).await,
            Answering::Elsewhere(server) => server.holders(clients, deadline).await,
        }
    }
}

/// What a server does, wherever it is: a cache in front of the directory of Part II, behind a desk.
pub fn serving(upstream: &Upstream, limits: Limits) -> Limited<Front<Here>> {
    Limited::over(Front::of(Here::over(upstream.share())), limits)
}

/// Has all servers that the options name.
///
/// # Errors
///
/// One sentence about the first that cannot be had.
pub async fn enlist(
    options: &Arc<Options>,
    directory: &Upstream,
    meter: &Meter,
    tell: Tell,
) -> Result<Fleet<Answering>, Error> {
    let fleet = Fleet::new(options.choice, options.has_second, meter, tell);
    let servers = options.places.iter().enumerate();
    let servers = servers.map(|(number, place)| one(options, directory, number, place));
    let mut servers = try_join_all(servers).await?.into_iter().peekable();
    while servers.peek().is_some() {
        fleet.add(servers.by_ref().take(options.replicas).collect());
    }
    for upset in &options.upsets {
        if let Upset::Add(at) = *upset {
            let (fleet, options, directory) =
                (fleet.clone(), Arc::clone(options), directory.clone());
            // It ends with the runtime, and so does what it has started.
            tokio::spawn(async move { add_at(&fleet, &options, &directory, at).await });
        }
    }
    Ok(fleet)
}

/// Adds a shard as soon as so many questions have been asked: as many servers as others have, and placed as the first
/// is.
async fn add_at(fleet: &Fleet<Answering>, options: &Options, directory: &Upstream, at: u64) {
    fleet.was_asked(at).await;
    let numbers = options.places.len()..options.places.len() + options.replicas;
    let servers = numbers.map(|number| one(options, directory, number, &options.places[0]));
    match try_join_all(servers).await {
        Ok(servers) => {
            fleet.add(servers);
            fleet.tell("a shard has joined, and takes its share of the keys".into());
        }
        // The run goes on as it was.
        Err(err) => fleet.tell(format!("no shard could be added: {err}")),
    }
}

async fn one(
    options: &Options,
    directory: &Upstream,
    number: usize,
    place: &Place,
) -> Result<Server<Answering>, Error> {
    let limits = options.limits(number);
    let human = number + 1;
    match place {
        Place::Here => {
            let answering = Answering::Here(serving(directory, limits));
            Ok(Server::new(format!("server {human}"), answering))
        }
        Place::Process(program) => {
            let (ours, theirs) = pair()?;
            let arguments = arguments(directory, limits);
            let process = Process::start(program.as_deref(), &arguments, theirs, None)
                .map_err(|err| Error::Refused(format!("cannot start a server process: {err}")))?;
            let name = format!("server {human} (process {})", process.id());
            let stream = through_weather(options, number, unix(ours)?)?;
            let (remote, process) = meet(&name, stream, process).await?;
            let server = Server::new(name, Answering::Elsewhere(remote));
            Ok(server.in_process(process, options.killed_at(number)))
        }
        Place::At(address) => {
            let name = format!("server {human} at {address}");
            let remote = join(options, number, &name, address).await;
            let remote =
                remote.map_err(|why| Error::Refused(format!("{name} cannot be used: {why}")))?;
            Ok(Server::new(name, Answering::Elsewhere(remote)))
        }
    }
}

/// What a server is told on its command line.
fn arguments(directory: &Upstream, limits: Limits) -> Vec<String> {
    let addresses = directory.addresses().iter().map(ToString::to_string);
    let addresses: Vec<String> = addresses.collect();
    let policy = serde_json::to_string(&directory.policy()).expect("numbers");
    let ns = |time: Duration| format!("{}ns", time.as_nanos());
    let mut arguments: Vec<String> = vec!["--serve".into(), SERVER.into()];
    let mut say = |flag: &str, value: String| arguments.extend([flag.to_owned(), value]);
    say("--directory", addresses.join(","));
    say("--policy", policy);
    say("--service", ns(limits.service));
    if let Some(from) = limits.slow_from {
        say("--slow-from", from.to_string());
    }
    if let Some(shed) = limits.shed {
        say("--shed", ns(shed));
    }
    arguments
}

/// Greets a server that was started, and calls it from then on.
async fn meet(
    name: &str,
    stream: Stream,
    mut process: Process,
) -> Result<(Remote, Process), Error> {
    let remote = match stream {
        Stream::Unix(stream) => call_over(name, stream, None).await,
        Stream::Tcp(_) => unreachable!("a pair of sockets stays one"),
    };
    match remote {
        Ok(remote) => Ok((remote, process)),
        Err(why) => Err(match process.obituary().await {
            // One that was killed before it could answer is lost, and is no stranger.
            Some(status) if std::os::unix::process::ExitStatusExt::signal(&status).is_some() => {
                Error::Lost(format!("{name} ended early, with {status}"))
            }
            _ => Error::Refused(format!("{name} cannot be used: {why}")),
        }),
    }
}

async fn join(
    options: &Options,
    number: usize,
    name: &str,
    address: &str,
) -> Result<Remote, String> {
    let keys: Option<&PathBuf> = options.keys.as_ref();
    let addresses = resolve(address, keys.is_some())?;
    let connected = async {
        let stream = TcpStream::connect(&addresses[..]).await?;
        // A call that waits for more bytes waits in vain.
        stream.set_nodelay(true)?;
        Ok(stream)
    };
    let stream = match timeout(HELLO_MAX, connected).await {
        Ok(connected) => connected.map_err(|err: io::Error| err.to_string())?,
        Err(_) => return Err("nothing answers there".into()),
    };
    let stream =
        through_weather(options, number, Stream::Tcp(stream)).map_err(|err| err.to_string())?;
    let keys = keys.map(PathBuf::as_path);
    match stream {
        Stream::Tcp(stream) => call_over(name, stream, keys).await,
        Stream::Unix(stream) => call_over(name, stream, keys).await,
    }
}

/// Calls a server over a stream, once it is sure that it is one.
async fn call_over<S>(name: &str, mut stream: S, keys: Option<&Path>) -> Result<Remote, String>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let Some(keys) = keys else {
        greet(&mut stream, SERVER)
            .await
            .map_err(|err| err.to_string())?;
        return Ok(Remote::over(name, stream));
    };
    let mut stream = match timeout(HELLO_MAX, tls::connect(keys, stream)).await {
        Ok(secured) => secured.map_err(|err| err.to_string())?,
        Err(_) => return Err("it does not answer in TLS".into()),
    };
    greet(&mut stream, SERVER)
        .await
        .map_err(|err| err.to_string())?;
    Ok(Remote::over(name, stream))
}

/// The stream itself in fair weather, and else one end of a pair whose other end is in the rain.
fn through_weather(options: &Options, number: usize, stream: Stream) -> Result<Stream, Error> {
    let Some(weather) = options.weather.clone() else {
        return Ok(stream);
    };
    let (ours, theirs) = pair()?;
    let theirs = unix(theirs)?;
    tokio::spawn(async move { between(theirs, stream, &weather, number as u64).await });
    unix(ours)
}

fn pair() -> Result<(StdUnixStream, StdUnixStream), Error> {
    StdUnixStream::pair().map_err(|source| Error::System {
        what: "cannot make a pair of sockets",
        source,
    })
}

fn unix(stream: StdUnixStream) -> Result<Stream, Error> {
    let stream = stream
        .set_nonblocking(true)
        .and_then(|()| UnixStream::from_std(stream));
    stream.map(Stream::Unix).map_err(|source| Error::System {
        what: "cannot use a pair of sockets",
        source,
    })
}
