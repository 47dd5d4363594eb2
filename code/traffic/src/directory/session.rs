//! One connection of the server.
//!
//! Without a delay, requests are answered as they are read. With one, they wait in a queue ordered
//! by the time their answers are due, so that requests on one connection overlap as they would on a
//! long wire, and a thread of its own answers what is due. What waits is bounded: from a client that
//! asks faster than it takes answers we stop reading, and TCP tells it to wait.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::io::{self, BufReader, BufWriter, ErrorKind, Write};
use std::mem;
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::fault::Conduct;
use super::limits::QUERY_BYTES_MAX;
use super::lines::{Line, read_line, skip_line};
use super::protocol::{self, Query};
use super::server_state::ServerState;
use super::span;
use super::switch::Power;

/// Answers are gathered up to so many bytes before they are written.
const OUT_BYTES: usize = 64 * 1024;

/// Queries that may wait for their time on one connection, in bytes: about 40,000 of them.
const WAITING_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Queries on their way from the thread that reads to the one that answers.
const HANDED_OVER_MAX: usize = 32;

/// How long a thread sleeps at most without looking whether the server still runs.
const SLEEP_MAX: Duration = Duration::from_millis(20);

/// A query that waits for its time.
#[derive(Debug)]
struct Waiting {
    due: Instant,
    /// Those due at one time are answered in the order of their arrival.
    number: u64,
    query: Vec<u8>,
    conduct: Conduct,
}

/// Serves a connection until either side has enough of it.
pub(super) fn serve(state: &ServerState, stream: &TcpStream) {
    // A failure here means that the other side is gone, and cannot be told.
    let _ = stream.set_nodelay(true);
    let _ = if state.answers_at_once() {
        answer_at_once(state, stream)
    } else {
        answer_when_due(state, stream)
    };
    let _ = stream.shutdown(Shutdown::Both);
}

fn answer_at_once(state: &ServerState, stream: &TcpStream) -> io::Result<()> {
    let mut input = BufReader::new(stream);
    let mut out = BufWriter::with_capacity(OUT_BYTES, stream);
    let mut query = Vec::new();
    while next_query(&mut input, &mut query)? {
        state.arrived();
        answer(state, &query, &mut out)?;
        // A client that sent several queries at once gets their answers at once.
        if memchr::memchr(b'\n', input.buffer()).is_none() {
            out.flush()?;
        }
    }
    out.flush()
}

fn answer_when_due(state: &ServerState, stream: &TcpStream) -> io::Result<()> {
    let (hand_over, queries) = sync_channel(HANDED_OVER_MAX);
    thread::scope(move |scope| {
        thread::Builder::new().spawn_scoped(scope, move || {
            let _ = answer_due(state, &queries, stream);
            // Wakes the reader below, if it still reads.
            let _ = stream.shutdown(Shutdown::Both);
        })?;
        let mut input = BufReader::new(stream);
        let mut query = Vec::new();
        for number in 0.. {
            if !next_query(&mut input, &mut query)? {
                break;
            }
            let arrival = Instant::now();
            let conduct = state.arrived();
            let extra = match conduct {
                Conduct::Answer(extra) => extra,
                Conduct::Babble(_) => Duration::ZERO,
                Conduct::Ignore => continue,
                Conduct::Die => {
                    state.turn(Power::Dead);
                    break;
                }
            };
            // A delay beyond the end of time: never.
            let delay = state.config.delay.saturating_add(extra);
            let Some(due) = arrival.checked_add(delay) else {
                continue;
            };
            let waiting = Waiting {
                due,
                number,
                query: mem::take(&mut query),
                conduct,
            };
            if hand_over.send(waiting).is_err() {
                break;
            }
        }
        Ok(())
    })
}

/// Answers queries when their time has come, until no more come and none are left.
fn answer_due(
    state: &ServerState,
    queries: &Receiver<Waiting>,
    stream: &TcpStream,
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(OUT_BYTES, stream);
    let mut queue = BinaryHeap::<Waiting>::new();
    let mut queue_bytes = 0;
    let mut is_open = true;
    while state.switch.power() == Power::On {
        while queue
            .peek()
            .is_some_and(|first| first.due <= Instant::now())
        {
            let Some(first) = queue.pop() else { break };
            queue_bytes -= first.bytes();
            match first.conduct {
                Conduct::Babble(babble) => babble.write(&first.query, &mut out)?,
                _ => answer(state, &first.query, &mut out)?,
            }
        }
        out.flush()?;
        let left = queue
            .peek()
            .map(|first| first.due.saturating_duration_since(Instant::now()));
        let received = match left {
            None if !is_open => return Ok(()),
            None => queries.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(left) if is_open && queue_bytes < WAITING_BYTES_MAX => queries.recv_timeout(left),
            Some(left) => {
                thread::sleep(left.min(SLEEP_MAX));
                continue;
            }
        };
        match received {
            Ok(waiting) => {
                queue_bytes += waiting.bytes();
                queue.push(waiting);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => is_open = false,
        }
    }
    Err(ErrorKind::ConnectionAborted.into())
}

/// Reads the next query; false at the end. One that is too long becomes an empty one.
fn next_query(input: &mut BufReader<&TcpStream>, query: &mut Vec<u8>) -> io::Result<bool> {
    match read_line(input, query, QUERY_BYTES_MAX)? {
        Line::Whole => Ok(true),
        // `printf 'get 1.2.3.4' | nc` is a question, too.
        Line::Cut => Ok(!query.is_empty()),
        Line::TooLong => {
            query.clear();
            skip_line(input)?;
            Ok(true)
        }
    }
}

fn answer(state: &ServerState, query: &[u8], out: &mut impl Write) -> io::Result<()> {
    let table = state.table.get();
    match protocol::decode_query(query) {
        Ok(Query::Get(key)) => {
            state.looked_up();
            protocol::encode_answer(out, key, table.find(key).as_str())
        }
        Ok(Query::Range(key)) => {
            state.looked_up();
            span::encode(out, key, &table.find_range(key))
        }
        Ok(Query::Bulk(list)) => protocol::keys(list).try_for_each(|key| {
            state.looked_up();
            protocol::encode_answer(out, key, table.find(key).as_str())
        }),
        Ok(Query::Table) => {
            protocol::encode_table_head(out, table.version(), table.len())?;
            table
                .rows()
                .try_for_each(|row| protocol::encode_row(out, row))
        }
        Ok(Query::Version) => protocol::encode_version(out, table.version()),
        Err(sentence) => protocol::encode_error(out, sentence),
    }
}

impl Waiting {
    /// What it costs to let it wait.
    fn bytes(&self) -> usize {
        size_of::<Waiting>() + self.query.len()
    }
}

// The heap gives the greatest first, which is to be the one due first.
impl Ord for Waiting {
    fn cmp(&self, other: &Waiting) -> Ordering {
        (other.due, other.number).cmp(&(self.due, self.number))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Waiting) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Waiting) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Waiting {}
