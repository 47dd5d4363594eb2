//! How a worker elsewhere is reached: started or connected to, through weather if there is any, and TLS.

use std::io;
use std::net::SocketAddr;
use std::path::Path;

use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;
use traffic::{Directory, Error, Plan};
use weather::{Stream, between};

use crate::child::Child;
use crate::hello::HELLO_MAX;
use crate::peer::{Peer, unreachable};
use crate::place::{Place, Places, STAGE, resolve};
use crate::tls;

impl Places {
    /// Reaches every replica that is to run elsewhere, in order; `None` is for those that run here.
    ///
    /// # Errors
    ///
    /// One sentence about the first that cannot be reached.
    pub async fn reach(
        &self,
        directory: &Directory,
        plan: &Plan,
    ) -> Result<Vec<Option<Peer>>, Error> {
        let mut peers = Vec::new();
        for (number, place) in self.replicas.iter().enumerate() {
            peers.push(match place {
                Place::Here => None,
                Place::Process(program) => Some(
                    self.start(number, program.as_deref(), directory, plan)
                        .await?,
                ),
                Place::At(address) => Some(self.join(number, address, directory, plan).await?),
            });
        }
        Ok(peers)
    }

    async fn start(
        &self,
        number: usize,
        program: Option<&Path>,
        directory: &Directory,
        plan: &Plan,
    ) -> Result<Peer, Error> {
        let (child, stream) = Child::start(program)
            .map_err(|err| Error::Refused(format!("cannot start a {STAGE} process: {err}")))?;
        let name = format!("worker {} of {STAGE} (process {})", number + 1, child.id());
        let stream = match self.through_weather(number, Stream::Unix(stream))? {
            Stream::Unix(stream) => stream,
            Stream::Tcp(_) => unreachable!("a pair of sockets stays one"),
        };
        Peer::meet(name, stream, Some(child), directory, plan).await
    }

    async fn join(
        &self,
        number: usize,
        address: &str,
        directory: &Directory,
        plan: &Plan,
    ) -> Result<Peer, Error> {
        let name = format!("worker {} of {STAGE} (at {address})", number + 1);
        let addresses =
            resolve(address, self.keys.is_some()).map_err(|why| refused(&name, &why))?;
        let can_reach = directory
            .addresses()
            .iter()
            .all(|at| !at.ip().is_loopback());
        if !can_reach && addresses.iter().any(|at| !at.ip().is_loopback()) {
            return Err(refused(
                &name,
                "its directory would be on its own machine: give --directory HOST:PORT",
            ));
        }
        let stream = connect(&addresses)
            .await
            .map_err(|err| unreachable(&name, &err.to_string()))?;
        let stream = self.through_weather(number, Stream::Tcp(stream))?;
        match (stream, &self.keys) {
            (Stream::Tcp(stream), None) => Peer::meet(name, stream, None, directory, plan).await,
            (Stream::Unix(stream), None) => Peer::meet(name, stream, None, directory, plan).await,
            (Stream::Tcp(stream), Some(keys)) => {
                let stream = secure(&name, keys, stream).await?;
                Peer::meet(name, stream, None, directory, plan).await
            }
            (Stream::Unix(stream), Some(keys)) => {
                let stream = secure(&name, keys, stream).await?;
                Peer::meet(name, stream, None, directory, plan).await
            }
        }
    }

    /// The stream itself in fair weather, and else one end of a pair whose other end is in the rain.
    fn through_weather(&self, number: usize, stream: Stream) -> Result<Stream, Error> {
        let Some(weather) = self.weather.clone() else {
            return Ok(stream);
        };
        let (ours, theirs) = UnixStream::pair().map_err(|source| Error::System {
            what: "cannot make a pair of sockets",
            source,
        })?;
        tokio::spawn(async move {
            between(Stream::Unix(theirs), stream, &weather, number as u64).await;
        });
        Ok(Stream::Unix(ours))
    }
}

async fn connect(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let connecting = timeout(HELLO_MAX, TcpStream::connect(addresses)).await;
    let stream = connecting.map_err(|_| io::Error::other("nothing answers there"))??;
    // A job that waits for more bytes waits in vain.
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn secure<S>(
    name: &str,
    keys: &Path,
    stream: S,
) -> Result<tokio_rustls::client::TlsStream<S>, Error>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    match timeout(HELLO_MAX, tls::connect(keys, stream)).await {
        Ok(secured) => secured.map_err(|err| refused(name, &err.to_string())),
        Err(_) => Err(unreachable(name, "it does not answer in TLS")),
    }
}

/// What is there is not the worker that is wanted.
fn refused(name: &str, why: &str) -> Error {
    Error::Refused(format!("{name} cannot be used: {why}"))
}
