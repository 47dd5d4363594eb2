//! Lines from a stream of bytes, received by a future that may be dropped at any time.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A stream: pieces of bytes, or `None` at its end.
pub trait Stream {
    /// The next piece.
    fn piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Vec<u8>>>;
}

/// Makes lines of a stream.
#[derive(Debug)]
pub struct Reader<S> {
    stream: S,
    /// Bytes that have come and are not looked at yet.
    rest: Vec<u8>,
    /// The line so far. It lives here, since a future that is dropped takes with it what it owns.
    line: Vec<u8>,
}

impl<S: Stream> Reader<S> {
    /// The lines of a stream.
    pub fn new(stream: S) -> Reader<S> {
        Reader {
            stream,
            rest: Vec::new(),
            line: Vec::new(),
        }
    }

    /// The next line, without its line feed; none at the end.
    pub fn receive(&mut self) -> Receive<'_, S> {
        Receive { reader: self }
    }
}

/// A line that is being received.
#[derive(Debug)]
pub struct Receive<'a, S> {
    reader: &'a mut Reader<S>,
}

impl<S: Stream> Future for Receive<'_, S> {
    type Output = Option<Vec<u8>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reader = &mut *self.reader;
        loop {
            if let Some(feed) = reader.rest.iter().position(|byte| *byte == b'\n') {
                reader.line.extend(reader.rest.drain(..feed));
                reader.rest.remove(0);
                return Poll::Ready(Some(std::mem::take(&mut reader.line)));
            }
            reader.line.append(&mut reader.rest);
            match reader.stream.piece(context) {
                Poll::Ready(Some(piece)) => reader.rest = piece,
                Poll::Ready(None) => {
                    let last = std::mem::take(&mut reader.line);
                    return Poll::Ready(Some(last).filter(|last| !last.is_empty()));
                }
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}
