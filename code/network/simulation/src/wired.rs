//! A simulated connection whose reads and writes are noted in the trace.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use turmoil::net::TcpStream;

use crate::{clock, world};

/// One end of a connection.
#[derive(Debug)]
pub struct Wired {
    stream: TcpStream,
    ours: SocketAddr,
    theirs: SocketAddr,
}

impl Wired {
    /// This end.
    ///
    /// # Errors
    ///
    /// If it has no address.
    pub fn new(stream: TcpStream) -> io::Result<Wired> {
        let (ours, theirs) = (stream.local_addr()?, stream.peer_addr()?);
        Ok(Wired {
            stream,
            ours,
            theirs,
        })
    }

    fn note(&self, what: &str, bytes: usize) {
        world::note((clock::elapsed(), self.ours, self.theirs, what, bytes));
    }
}

impl AsyncRead for Wired {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if let Poll::Ready(read) = &read {
            let what = if read.is_ok() { "read" } else { "cannot read" };
            self.note(what, buf.filled().len() - before);
        }
        read
    }
}

impl AsyncWrite for Wired {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        match &written {
            Poll::Ready(Ok(number)) => self.note("written", *number),
            Poll::Ready(Err(_)) => self.note("cannot write", bytes.len()),
            Poll::Pending => {}
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
