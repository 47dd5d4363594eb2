//! How the services are reached: started or connected to, through weather if there is any, and TLS.

use std::io;
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::Path;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;
use traffic::{Directory, Error};
use weather::{Stream, between};

use crate::front::Front;
use crate::hello::{HELLO_MAX, greet};
use crate::here::Here;
use crate::places::{DIRECTORY, FRONT, LEFT, Place, Places, resolve};
use crate::process::Process;
use crate::remote::Remote;
use crate::tls;

/// What the stage will ask. Where all of it is here, nothing of the network is compiled into its path.
#[derive(Debug)]
pub enum Reached {
    /// Both services are here.
    Here(Front<Here>),
    /// The front is here, and the directory is elsewhere: one hop.
    Front(Front<Remote>),
    /// The front is elsewhere, and perhaps the directory elsewhere again: one hop or two.
    Elsewhere(Remote),
}

/// The processes that were started, each with its name.
#[derive(Debug, Default)]
pub struct Children(Vec<(String, Process)>);

impl Places {
    /// Reaches what is to run elsewhere.
    ///
    /// # Errors
    ///
    /// One sentence about the first that cannot be reached.
    pub async fn reach(&self, directory: &Directory) -> Result<(Reached, Children), Error> {
        let mut children = Children::default();
        let reached = match &self.front {
            Place::Here => match &self.directory {
                Place::Here => Reached::Here(Front::of(Here::over(directory.share()))),
                Place::Process(program) => {
                    let (ours, theirs) = pair()?;
                    let program = program.as_deref();
                    let name =
                        children.start(DIRECTORY, program, self.asks(directory), theirs, None)?;
                    let stream = self.through_weather(0, unix(ours)?)?;
                    let remote = meet(&name, DIRECTORY, stream, &mut children).await?;
                    Reached::Front(Front::of(remote))
                }
                Place::At(address) => {
                    let remote = self.join(DIRECTORY, address).await?;
                    Reached::Front(Front::of(remote))
                }
            },
            Place::Process(program) => {
                let (ours, theirs) = pair()?;
                let (arguments, asks_on) = self.behind(directory, &mut children)?;
                let program = program.as_deref();
                let name = children.start(FRONT, program, arguments, theirs, asks_on)?;
                let stream = self.through_weather(0, unix(ours)?)?;
                Reached::Elsewhere(meet(&name, FRONT, stream, &mut children).await?)
            }
            Place::At(address) => Reached::Elsewhere(self.join(FRONT, address).await?),
        };
        Ok((reached, children))
    }

    /// What a front in a process is to ask: the arguments that say so, and the connection if there is one.
    fn behind(
        &self,
        directory: &Directory,
        children: &mut Children,
    ) -> Result<(Vec<String>, Option<StdUnixStream>), Error> {
        match &self.directory {
            Place::Here => Ok((self.asks(directory), None)),
            Place::At(address) => {
                let mut arguments = vec!["--asks".into(), address.clone()];
                arguments.extend(self.told());
                if let Some(keys) = &self.keys {
                    arguments.extend(["--keys".into(), keys.display().to_string()]);
                }
                Ok((arguments, None))
            }
            Place::Process(program) => {
                let (near, far) = pair()?;
                let program = program.as_deref();
                children.start(DIRECTORY, program, self.asks(directory), far, None)?;
                let near = self.second_hop(near)?;
                let arguments = [vec!["--asks".into(), "-".into()], self.told()].concat();
                Ok((arguments, Some(near)))
            }
        }
    }

    /// The arguments of a service that asks the directory itself.
    fn asks(&self, directory: &Directory) -> Vec<String> {
        let addresses = directory.addresses().iter().map(ToString::to_string);
        let addresses: Vec<String> = addresses.collect();
        let policy = serde_json::to_string(&directory.policy()).expect("numbers");
        let asks = ["--directory".into(), addresses.join(",")];
        [&asks[..], &["--policy".into(), policy], &self.told()].concat()
    }

    /// The arguments that say what a service is to tell.
    fn told(&self) -> Vec<String> {
        match self.tells_left {
            true => vec!["--tell".into(), LEFT.into()],
            false => Vec::new(),
        }
    }

    /// The stream itself in fair weather, and else the far end of one more pair, with the rain in between.
    fn second_hop(&self, to: StdUnixStream) -> Result<StdUnixStream, Error> {
        let Some(weather) = self.weather.clone() else {
            return Ok(to);
        };
        let (connected, theirs) = pair()?;
        let (connected, to) = (unix(connected)?, unix(to)?);
        tokio::spawn(async move { between(connected, to, &weather, 1).await });
        Ok(theirs)
    }

    async fn join(&self, service: &str, address: &str) -> Result<Remote, Error> {
        let name = format!("the {service} at {address}");
        let refused = |why: String| Error::Refused(format!("{name} cannot be used: {why}"));
        let keys = self.keys.as_deref();
        let stream = connect(address, keys.is_some()).await.map_err(refused)?;
        let stream = self.through_weather(0, Stream::Tcp(stream))?;
        let remote = match stream {
            Stream::Tcp(stream) => call_over(&name, service, stream, keys).await,
            Stream::Unix(stream) => call_over(&name, service, stream, keys).await,
        };
        remote.map_err(refused)
    }

    /// The stream itself in fair weather, and else one end of a pair whose other end is in the rain.
    fn through_weather(&self, number: u64, stream: Stream) -> Result<Stream, Error> {
        let Some(weather) = self.weather.clone() else {
            return Ok(stream);
        };
        let (ours, theirs) = pair()?;
        let theirs = unix(theirs)?;
        tokio::spawn(async move { between(theirs, stream, &weather, number).await });
        unix(ours)
    }
}

impl Children {
    /// Starts a service, and has its name.
    fn start(
        &mut self,
        service: &str,
        program: Option<&Path>,
        arguments: Vec<String>,
        asked_on: StdUnixStream,
        asks_on: Option<StdUnixStream>,
    ) -> Result<String, Error> {
        let arguments = [vec!["--serve".into(), service.to_owned()], arguments].concat();
        let process = Process::start(program, &arguments, asked_on, asks_on)
            .map_err(|err| Error::Refused(format!("cannot start a {service} process: {err}")))?;
        let name = format!("the {service} (process {})", process.id());
        self.0.push((name.clone(), process));
        Ok(name)
    }

    /// Waits until all have ended, or says of the first that ended too early how it did.
    ///
    /// # Errors
    ///
    /// If there was an error.
    pub async fn end(mut self, outcome: Result<(), Error>) -> Result<(), Error> {
        match outcome {
            Ok(()) => {
                for (_, process) in self.0 {
                    process.end().await;
                }
                Ok(())
            }
            Err(Error::Lost(why)) => Err(Error::Lost(match self.obituary().await {
                Some(obituary) => format!("{why} ({obituary})"),
                None => why,
            })),
            Err(other) => Err(other),
        }
    }

    async fn obituary(&mut self) -> Option<String> {
        // From the last to be asked: those in front of it may have ended because it did.
        for (name, process) in &mut self.0 {
            if let Some(status) = process.obituary().await
                && !status.success()
            {
                return Some(format!("{name} ended early, with {status}"));
            }
        }
        None
    }
}

/// Greets a service that was started, and calls it from then on.
async fn meet(
    name: &str,
    service: &str,
    stream: Stream,
    children: &mut Children,
) -> Result<Remote, Error> {
    let remote = match stream {
        Stream::Unix(stream) => call_over(name, service, stream, None).await,
        Stream::Tcp(_) => unreachable!("a pair of sockets stays one"),
    };
    match remote {
        Ok(remote) => Ok(remote),
        Err(why) => Err(match children.obituary().await {
            // One that was killed before it could answer is lost, and is no stranger.
            Some(obituary) if obituary.contains("signal") => Error::Lost(obituary),
            _ => Error::Refused(format!("{name} cannot be used: {why}")),
        }),
    }
}

/// Calls a service over a stream, once it is sure that it is one.
///
/// # Errors
///
/// One clause, if it is none.
pub async fn call_over<S>(
    name: &str,
    service: &str,
    mut stream: S,
    keys: Option<&Path>,
) -> Result<Remote, String>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    match keys {
        None => {
            greet(&mut stream, service)
                .await
                .map_err(|err| err.to_string())?;
            Ok(Remote::over(name, stream))
        }
        Some(keys) => {
            let mut stream = match timeout(HELLO_MAX, tls::connect(keys, stream)).await {
                Ok(secured) => secured.map_err(|err| err.to_string())?,
                Err(_) => return Err("it does not answer in TLS".into()),
            };
            greet(&mut stream, service)
                .await
                .map_err(|err| err.to_string())?;
            Ok(Remote::over(name, stream))
        }
    }
}

/// Connects to a host and port, if it may be.
///
/// # Errors
///
/// One clause, if it cannot.
pub async fn connect(address: &str, has_keys: bool) -> Result<TcpStream, String> {
    let addresses = resolve(address, has_keys)?;
    let connected = async {
        let stream = TcpStream::connect(&addresses[..]).await?;
        // A call that waits for more bytes waits in vain.
        stream.set_nodelay(true)?;
        Ok(stream)
    };
    match timeout(HELLO_MAX, connected).await {
        Ok(connected) => connected.map_err(|err: io::Error| err.to_string()),
        Err(_) => Err("nothing answers there".into()),
    }
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
