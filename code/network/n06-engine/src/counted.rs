//! A socket whose bytes are counted: what the engine sends to another process, and what comes from there.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use timely::communication::allocator::zero_copy::stream::Stream;

/// One end of a connection to another process of the run.
#[derive(Debug)]
pub struct Counted {
    stream: UnixStream,
    bytes: Arc<AtomicU64>,
}

impl Counted {
    /// A socket whose bytes, of both directions, are added to those of others.
    pub fn new(stream: UnixStream, bytes: &Arc<AtomicU64>) -> Counted {
        let bytes = Arc::clone(bytes);
        Counted { stream, bytes }
    }

    fn count(&self, bytes: io::Result<usize>) -> io::Result<usize> {
        if let Ok(bytes) = bytes {
            self.bytes.fetch_add(bytes as u64, Relaxed);
        }
        bytes
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(into);
        self.count(read)
    }
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.stream.write(bytes);
        self.count(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Stream for Counted {
    fn try_clone(&self) -> io::Result<Counted> {
        Ok(Counted::new(self.stream.try_clone()?, &self.bytes))
    }

    fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        self.stream.set_nonblocking(nonblocking)
    }

    fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.stream.shutdown(how)
    }
}
