//! One socket's life, from connecting to its first error: a task writes queries, and one reads answers.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use super::pending::Pending;
use crate::Holder;
use crate::directory::limits::ANSWER_BYTES_MAX;

/// Queries are joined into one write up to about this size: fewer system calls when many ask at once.
const WRITE_BYTES: usize = 16 * 1024;

/// A connected socket.
#[derive(Debug)]
pub(super) struct Link {
    queries: mpsc::UnboundedSender<Vec<u8>>,
    pending: Arc<Mutex<Pending>>,
    /// Its two halves; dropping the link ends both.
    _tasks: JoinSet<()>,
}

impl Link {
    /// Connects to the first of the addresses that answers.
    pub async fn connect(addresses: &[SocketAddr]) -> io::Result<Link> {
        let stream = TcpStream::connect(addresses).await?;
        stream.set_nodelay(true)?;
        let (reads, writes) = stream.into_split();
        let (queries, queued) = mpsc::unbounded_channel();
        let pending = Arc::default();
        let mut tasks = JoinSet::new();
        tasks.spawn(write(writes, queued));
        tasks.spawn(read(reads, Arc::clone(&pending)));
        Ok(Link {
            queries,
            pending,
            _tasks: tasks,
        })
    }

    /// Whether nothing will be answered any more.
    pub fn is_closed(&self) -> bool {
        lock(&self.pending).is_closed()
    }

    /// Where the answers for these keys will arrive. It is to be called before they are asked for.
    pub fn expect<'a>(
        &self,
        keys: impl Iterator<Item = &'a [u8]>,
    ) -> io::Result<Vec<oneshot::Receiver<Holder>>> {
        let mut pending = lock(&self.pending);
        keys.map(|key| pending.expect(key)).collect()
    }

    /// Hands a query over to be written, and does not wait for that.
    pub fn send(&self, query: Vec<u8>) -> io::Result<()> {
        self.queries
            .send(query)
            .map_err(|_| ErrorKind::BrokenPipe.into())
    }
}

/// Writes queries as they are made, joining those that are there already.
async fn write(mut out: OwnedWriteHalf, mut queries: mpsc::UnboundedReceiver<Vec<u8>>) {
    while let Some(mut batch) = queries.recv().await {
        while batch.len() < WRITE_BYTES {
            match queries.try_recv() {
                Ok(query) => batch.extend(query),
                Err(_) => break,
            }
        }
        if out.write_all(&batch).await.is_err() {
            return; // the reader sees the end of the connection, and tells those who wait
        }
    }
}

/// Reads answers until something is wrong, and then tells all who wait.
async fn read(input: OwnedReadHalf, pending: Arc<Mutex<Pending>>) {
    let mut input = BufReader::with_capacity(WRITE_BYTES, input);
    let mut line = Vec::new();
    // An endless line ends here: one byte more than the longest answer and its line end.
    let line_max = ANSWER_BYTES_MAX as u64 + 2;
    loop {
        line.clear();
        let read = (&mut input)
            .take(line_max)
            .read_until(b'\n', &mut line)
            .await;
        if read.is_err() || line.pop() != Some(b'\n') {
            break;
        }
        line.pop_if(|last| *last == b'\r');
        if lock(&pending).answer(&line).is_err() {
            break;
        }
    }
    lock(&pending).close();
}

fn lock(pending: &Mutex<Pending>) -> MutexGuard<'_, Pending> {
    // Nothing in its methods panics halfway.
    pending.lock().unwrap_or_else(PoisonError::into_inner)
}
