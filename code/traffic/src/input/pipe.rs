//! What comes when it comes: read by a thread of its own, so that a reader that waits can be told to stop.
//!
//! A read of a quiet pipe ends when there is something, and a signal does not end it: handlers are installed
//! so that it goes on. (`poll` could be told to, but it says of a named pipe without a writer that it has
//! ended on some systems, and that it has not on others.) The thread that reads is left behind in its read
//! when there is no more interest; it ends with the next byte, or with the process.

use std::io::{self, Cursor, ErrorKind, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use super::source::CHUNK_BYTES;
use crate::error::Error;

/// How soon a reader that waits looks up.
const TICK: Duration = Duration::from_millis(50);

/// How many chunks are read ahead.
const CHUNKS_AHEAD: usize = 4;

/// The reading end of that thread. While nothing comes, [`ErrorKind::WouldBlock`] does, every so often.
#[derive(Debug)]
pub(super) struct Pipe {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Cursor<Vec<u8>>,
}

impl Pipe {
    /// Opens and reads in a thread: to open a named pipe waits for its writer, too.
    pub fn of<R: Read>(
        open: impl FnOnce() -> io::Result<R> + Send + 'static,
    ) -> Result<Pipe, Error> {
        let (chunks_in, chunks) = sync_channel(CHUNKS_AHEAD);
        let read = move || {
            let mut reader = match open() {
                Ok(reader) => reader,
                Err(err) => return drop(chunks_in.send(Err(err))),
            };
            loop {
                let mut chunk = vec![0; CHUNK_BYTES];
                let read = reader.read(&mut chunk);
                let is_last = match &read {
                    Ok(len) => *len == 0,
                    Err(err) if err.kind() == ErrorKind::Interrupted => continue,
                    Err(_) => true,
                };
                let read = read.map(|len| {
                    chunk.truncate(len);
                    chunk
                });
                // Without a receiver the rest is not waited for.
                if chunks_in.send(read).is_err() || is_last {
                    return;
                }
            }
        };
        thread::Builder::new()
            .name("pipe".into())
            .spawn(read)
            .map_err(|source| Error::System {
                what: "cannot start a reader of the input",
                source,
            })?;
        let chunk = Cursor::default();
        Ok(Pipe { chunks, chunk })
    }
}

impl Read for Pipe {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let len = self.chunk.read(into)?;
            if len > 0 || into.is_empty() {
                return Ok(len);
            }
            match self.chunks.recv_timeout(TICK) {
                Ok(chunk) => self.chunk = Cursor::new(chunk?),
                Err(RecvTimeoutError::Timeout) => return Err(ErrorKind::WouldBlock.into()),
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
        }
    }
}
