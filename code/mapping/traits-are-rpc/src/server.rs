//! Directories at the other end of a wire, each in a thread of its own.
//!
//! The threads end when their clients hang up, and the listeners with the process: this is a program
//! that measures and goes, and not a service.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use socket2::SockRef;

use crate::directory::{Directory, Holder, Table, Unresolved};
use crate::wire::{Stub, serve};

/// A directory behind a Unix socket.
///
/// # Errors
///
/// The system refuses a socket.
pub fn unix(patience: Duration) -> io::Result<Stub<UnixStream>> {
    let (ours, theirs) = UnixStream::pair()?;
    ours.set_read_timeout(Some(patience))?;
    thread::spawn(move || serve(theirs, &mut Table::new(), Duration::ZERO));
    Ok(Stub::new(ours))
}

/// A directory behind TCP, so far away: where it listens, on this machine.
///
/// # Errors
///
/// The system refuses a socket.
pub fn listen(distance: Duration) -> io::Result<SocketAddr> {
    listen_at((Ipv4Addr::LOCALHOST, 0).into(), distance)
}

// ANCHOR: listen
/// A directory behind TCP, so far away, at an address; with the port 0 at any free one.
///
/// # Errors
///
/// The system refuses a socket.
pub fn listen_at(address: SocketAddr, distance: Duration) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            thread::spawn(move || {
                // Without this a small answer may wait for the one before to be acknowledged.
                stream.set_nodelay(true)?;
                serve(stream, &mut Table::new(), distance)
            });
        }
    });
    Ok(address)
}

/// A stub for the directory that listens there.
///
/// # Errors
///
/// If no server answers at the address in time.
pub fn connect(address: SocketAddr, patience: Duration) -> io::Result<Stub<TcpStream>> {
    let stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(patience))?;
    Ok(Stub::new(stream))
}
// ANCHOR_END: listen

/// A directory that is called up anew for each question.
#[derive(Debug)]
pub struct Anew {
    /// Where it listens.
    pub address: SocketAddr,
    /// How long to wait, for the connection and then for the answer.
    pub patience: Duration,
}

impl Directory for Anew {
    fn holder(&mut self, client: Ipv4Addr) -> Result<Holder, Unresolved> {
        let stream = TcpStream::connect_timeout(&self.address, self.patience)
            .and_then(|stream| {
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(self.patience))?;
                // The end of an orderly connection keeps its port taken for a while, and a client that
                // makes thousands runs out of ports. This one is cut off instead.
                SockRef::from(&stream).set_linger(Some(Duration::ZERO))?;
                Ok(stream)
            })
            .map_err(|_| Unresolved::Gone)?;
        Stub::new(stream).holder(client)
    }
}
