//! Listens, and passes each connection on through the weather.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::{TcpListener, UnixListener};
use tokio::task::JoinSet;

use crate::link::{Passed, between};
use crate::place::Place;
use crate::spec::Weather;
use crate::stream::Stream;

/// A proxy that listens. Dropping it ends its connections, and removes its socket's file.
#[derive(Debug)]
pub struct Proxy {
    listener: Listener,
    to: Place,
    weather: Arc<Weather>,
}

#[derive(Debug)]
enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener, SocketFile),
}

/// A socket's file, removed when it is dropped.
#[derive(Debug)]
struct SocketFile(PathBuf);

impl Drop for SocketFile {
    fn drop(&mut self) {
        // If it is gone already, that is what was wanted.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Proxy {
    /// Listens at one place, for connections to another.
    ///
    /// # Errors
    ///
    /// If the place is taken, or is not on this machine.
    pub async fn listen(at: &Place, to: Place, weather: Weather) -> io::Result<Proxy> {
        let listener = match at {
            Place::Tcp(address) => Listener::Tcp(TcpListener::bind(address).await?),
            Place::Unix(path) => {
                Listener::Unix(UnixListener::bind(path)?, SocketFile(path.clone()))
            }
        };
        let weather = Arc::new(weather);
        Ok(Proxy {
            listener,
            to,
            weather,
        })
    }

    /// Where it listens, with the port that it was given.
    ///
    /// # Errors
    ///
    /// If the system does not say.
    pub fn place(&self) -> io::Result<Place> {
        Ok(match &self.listener {
            Listener::Tcp(listener) => Place::Tcp(listener.local_addr()?.to_string()),
            Listener::Unix(_, file) => Place::Unix(file.0.clone()),
        })
    }

    /// Passes connections on for ever, and tells what became of each: its number, counted from 0, or why
    /// there was nothing to connect it to.
    ///
    /// # Errors
    ///
    /// If no more connections can be accepted.
    pub async fn run(self, mut tell: impl FnMut(u64, io::Result<Passed>)) -> io::Result<()> {
        let mut links = JoinSet::new();
        let mut number = 0;
        loop {
            tokio::select! {
                connected = self.accept() => {
                    let (connected, to, weather) =
                        (connected?, self.to.clone(), Arc::clone(&self.weather));
                    links.spawn(async move {
                        let passed = match to.connect().await {
                            Ok(to) => Ok(between(connected, to, &weather, number).await),
                            Err(err) => Err(err),
                        };
                        (number, passed)
                    });
                    number += 1;
                }
                Some(ended) = links.join_next() => {
                    let (number, passed) = ended.expect("a link does not panic");
                    tell(number, passed);
                }
            }
        }
    }

    async fn accept(&self) -> io::Result<Stream> {
        match &self.listener {
            Listener::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok(Stream::Tcp(stream))
            }
            Listener::Unix(listener, _) => {
                let (stream, _) = listener.accept().await?;
                Ok(Stream::Unix(stream))
            }
        }
    }
}
