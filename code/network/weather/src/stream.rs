//! A connection's end, of either kind, that two tasks can use at once.

use std::io::{self, ErrorKind};

use tokio::net::{TcpStream, UnixStream};

/// One end of a connection over TCP or over a Unix socket.
#[derive(Debug)]
pub enum Stream {
    /// Over TCP.
    Tcp(TcpStream),
    /// Over a Unix socket.
    Unix(UnixStream),
}

impl Stream {
    /// Waits for bytes, and takes as many as there are and fit. None is the end.
    pub(crate) async fn read(&self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = match self {
                Stream::Tcp(stream) => {
                    stream.readable().await?;
                    stream.try_read(into)
                }
                Stream::Unix(stream) => {
                    stream.readable().await?;
                    stream.try_read(into)
                }
            };
            match read {
                Err(err) if err.kind() == ErrorKind::WouldBlock => {}
                read => return read,
            }
        }
    }

    pub(crate) async fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let written = match self {
                Stream::Tcp(stream) => {
                    stream.writable().await?;
                    stream.try_write(bytes)
                }
                Stream::Unix(stream) => {
                    stream.writable().await?;
                    stream.try_write(bytes)
                }
            };
            match written {
                Err(err) if err.kind() == ErrorKind::WouldBlock => {}
                written => bytes = &bytes[written?..],
            }
        }
        Ok(())
    }

    /// Says that no more will be written.
    pub(crate) fn finish(&self) {
        let how = std::net::Shutdown::Write;
        // It may be closed already, which says so, too.
        let _ = match self {
            Stream::Tcp(stream) => socket2::SockRef::from(stream).shutdown(how),
            Stream::Unix(stream) => socket2::SockRef::from(stream).shutdown(how),
        };
    }

    /// Lets the end of this connection be told as a break. A Unix socket has no such word: its peer sees one
    /// only if it had sent what was not read.
    pub(crate) fn break_at_end(&self) {
        if let Stream::Tcp(stream) = self {
            // Where it is refused the peer sees an end, which is also a fault.
            let _ = stream.set_zero_linger();
        }
    }
}
