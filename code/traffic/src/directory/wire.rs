//! A socket of the client with a deadline, and the exchanges over it.
//!
//! A socket's own timeout starts anew with every byte, so a server that sends a byte a second would
//! hold us for ever. Here each read and write gets what is left of the whole request's time.

use std::io::{self, BufRead, BufReader, Error, ErrorKind, Read, Write};
use std::net::{IpAddr, TcpStream};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::limits::{ANSWER_BYTES_MAX, ROW_BYTES_MAX};
use super::lines::{Line, read_line};
use super::protocol::{self, TABLE_QUERY, VERSION_QUERY};
use super::span;
use super::table::Table;
use super::upstream::Upstream;

/// Bytes of a table that must arrive within one timeout. A table of millions of rows may take its
/// time, but it must keep coming: a fixed time would be too short for it or too long for a babbler.
const STRETCH_BYTES: u64 = 1024 * 1024;

/// A connected socket and the buffers of its requests.
#[derive(Debug)]
pub(super) struct Wire {
    upstream: Arc<Upstream>,
    input: BufReader<Timed>,
    query: Vec<u8>,
    line: Vec<u8>,
}

impl Wire {
    /// Connects, within the time of a request that has now begun.
    pub fn connect(upstream: &Arc<Upstream>) -> io::Result<Wire> {
        let deadline = Instant::now() + upstream.policy.timeout;
        let mut failure = Error::from(ErrorKind::AddrNotAvailable);
        for (index, address) in upstream.addresses.iter().enumerate() {
            // A name's first address may be a black hole: leave time for the others.
            let others = u32::try_from(upstream.addresses.len() - index).unwrap_or(u32::MAX);
            match TcpStream::connect_timeout(address, left(deadline)? / others) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(Wire {
                        upstream: Arc::clone(upstream),
                        input: BufReader::new(Timed { stream, deadline }),
                        query: Vec::new(),
                        line: Vec::new(),
                    });
                }
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    /// Begins the time of a further request.
    pub fn start(&mut self) -> io::Result<()> {
        if !self.input.buffer().is_empty() {
            return Err(garbage("something came that nobody asked for"));
        }
        self.allow(self.upstream.policy.timeout);
        Ok(())
    }

    /// Asks for one key.
    pub fn get(&mut self, key: &[u8]) -> io::Result<&str> {
        protocol::encode_get(key, &mut self.query);
        self.send(1)?;
        self.receive(key)
    }

    /// Asks for one key, and how far its answer holds.
    pub fn range(&mut self, key: &[u8]) -> io::Result<(Option<RangeInclusive<IpAddr>>, &str)> {
        protocol::encode_range(key, &mut self.query);
        self.send(1)?;
        self.receive_line()?;
        span::decode(&self.line, key).ok_or_else(|| garbage("no range for this key"))
    }

    /// Asks for as many of the keys as fit into one request, and gives their holders in order.
    pub fn bulk<'a>(
        &mut self,
        keys: impl Iterator<Item = &'a [u8]> + Clone,
        mut each: impl FnMut(&str),
    ) -> io::Result<()> {
        let count = protocol::encode_bulk(keys.clone(), &mut self.query);
        self.send(count as u64)?;
        keys.take(count)
            .try_for_each(|key| self.receive(key).map(&mut each))
    }

    /// Asks for the whole table.
    pub fn table(&mut self) -> io::Result<Table> {
        self.query.clear();
        self.query.extend_from_slice(TABLE_QUERY);
        self.send(0)?;
        self.receive_line()?;
        let (version, rows) =
            protocol::decode_table_head(&self.line).ok_or_else(|| garbage("no head of a table"))?;
        let input = Rows {
            wire: self,
            left: rows,
            row_bytes: 0,
            stretch: 0,
        };
        let table = Table::parse("the directory's table", input).map_err(Error::other)?;
        if table.len() as u64 != rows {
            return Err(garbage("a table of another size"));
        }
        Ok(table.with_version(version))
    }

    /// Asks for the table's version.
    pub fn version(&mut self) -> io::Result<u64> {
        self.query.clear();
        self.query.extend_from_slice(VERSION_QUERY);
        self.send(0)?;
        self.receive_line()?;
        protocol::decode_version(&self.line).ok_or_else(|| garbage("no version"))
    }

    fn send(&mut self, keys: u64) -> io::Result<()> {
        self.upstream.sent(keys);
        self.input.get_mut().write_all(&self.query)
    }

    fn receive(&mut self, key: &[u8]) -> io::Result<&str> {
        self.receive_line()?;
        protocol::decode_answer(&self.line, key).ok_or_else(|| garbage("no answer to this key"))
    }

    fn receive_line(&mut self) -> io::Result<()> {
        match read_line(&mut self.input, &mut self.line, ANSWER_BYTES_MAX)? {
            Line::Whole => Ok(()),
            Line::Cut => Err(ErrorKind::UnexpectedEof.into()),
            Line::TooLong => Err(garbage("a line that is too long")),
        }
    }

    fn allow(&mut self, time: Duration) {
        self.input.get_mut().deadline = Instant::now() + time;
    }
}

/// The rows of a table as they arrive, and not a byte more.
struct Rows<'a> {
    wire: &'a mut Wire,
    /// Rows still to come.
    left: u64,
    /// The length so far of the row that is being read.
    row_bytes: usize,
    /// Bytes read since the deadline was last put off.
    stretch: u64,
}

impl Read for Rows<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 || buffer.is_empty() {
            return Ok(0);
        }
        let available = self.wire.input.fill_buf()?;
        if available.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let available = &available[..available.len().min(buffer.len())];
        let mut taken = 0;
        for end in memchr::memchr_iter(b'\n', available) {
            taken = end + 1;
            self.row_bytes = 0;
            self.left -= 1;
            if self.left == 0 {
                break;
            }
        }
        if self.left > 0 {
            self.row_bytes += available.len() - taken;
            taken = available.len();
        }
        if self.row_bytes > ROW_BYTES_MAX {
            return Err(garbage("a row that is too long"));
        }
        buffer[..taken].copy_from_slice(&available[..taken]);
        self.wire.input.consume(taken);
        self.stretch += taken as u64;
        if self.stretch >= STRETCH_BYTES {
            self.stretch = 0;
            self.wire.allow(self.wire.upstream.policy.timeout);
        }
        Ok(taken)
    }
}

/// A socket whose reads and writes end at a deadline.
#[derive(Debug)]
struct Timed {
    stream: TcpStream,
    deadline: Instant,
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(left(self.deadline)?))?;
        self.stream.read(buffer)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(left(self.deadline)?))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The time until a deadline; an error when it is over, as a socket takes no timeout of zero.
fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        Err(ErrorKind::TimedOut.into())
    } else {
        Ok(left)
    }
}

fn garbage(what: &'static str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}
