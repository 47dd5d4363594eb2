//! One connection for many requests at once: an asynchronous client that multiplexes.
//!
//! Any number of lookups share one socket. A query is written as soon as it is made, and an answer is
//! given to whoever waits for its key, in whatever order answers come. Patience, tries and the breaker
//! are those of the [`Directory`](super::Directory) and are shared with its other connections.
//!
//! Cancelling a lookup is dropping its future. The query is on its way by then; its answer is taken
//! off the wire and given to nobody.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::client::Shared;
use super::protocol::{self, ANSWER_BYTES_MAX};
use crate::{Answer, Holder, Unresolved};

/// Queries are joined into one write up to about this size: fewer system calls when many ask at once.
const WRITE_BYTES: usize = 16 * 1024;

/// A connection that many tasks share; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct SharedConnection {
    shared: Arc<Shared>,
    /// The link that works, if there is one. The lock is held while connecting: one task does it for all.
    link: Arc<tokio::sync::Mutex<Option<Arc<Link>>>>,
    unknown: Holder,
}

/// One socket's life, from connecting to its first error.
#[derive(Debug)]
struct Link {
    queries: mpsc::UnboundedSender<Vec<u8>>,
    pending: Arc<Mutex<Pending>>,
    /// Its two halves; dropping the link ends both.
    _tasks: JoinSet<()>,
}

/// Who waits for what.
#[derive(Debug, Default)]
struct Pending {
    keys: HashMap<Box<[u8]>, Waiters>,
    names: HashMap<String, Holder>,
    /// Nothing will be answered any more.
    is_closed: bool,
}

/// All who wait for one key. Any answer for the key serves them all.
#[derive(Debug, Default)]
struct Waiters {
    senders: Vec<oneshot::Sender<Holder>>,
    /// Answers that are still to come, also those whose askers have gone.
    outstanding: usize,
}

impl SharedConnection {
    pub(super) fn new(shared: Arc<Shared>) -> SharedConnection {
        SharedConnection {
            shared,
            link: Arc::default(),
            unknown: Holder::unknown(),
        }
    }

    /// Asks who holds a client's address, as [`Connection::lookup`](super::Connection::lookup) does.
    ///
    /// Dropping the future cancels the lookup.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime.
    pub async fn lookup(&self, client: &[u8]) -> Answer {
        let mut answers = self.lookup_many(&[client]).await;
        answers.pop().unwrap_or(Err(Unresolved))
    }

    /// As [`SharedConnection::lookup`], but gives up at the deadline, with all its tries.
    ///
    /// That is a failure of the directory, and the breaker is told. It is not told of a lookup whose
    /// future is dropped: why nobody waits any more only the caller knows, perhaps another was faster.
    /// After the deadline nothing is asked.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime.
    pub async fn lookup_until(&self, client: &[u8], deadline: Instant) -> Answer {
        let mut answers = self.ask(&[client], Some(deadline)).await;
        answers.pop().unwrap_or(Err(Unresolved))
    }

    /// Asks for several clients in one request, or as few as the protocol's limits allow; answers in
    /// the order of `clients`.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime.
    pub async fn lookup_many(&self, clients: &[&[u8]]) -> Vec<Answer> {
        self.ask(clients, None).await
    }

    /// Tries until there are answers, as often as the policy, the breaker and the deadline allow.
    async fn ask(&self, clients: &[&[u8]], deadline: Option<Instant>) -> Vec<Answer> {
        let time_left = || {
            deadline.map_or(Duration::MAX, |deadline| {
                deadline.saturating_duration_since(Instant::now())
            })
        };
        let mut answers: Vec<Answer> = Vec::with_capacity(clients.len());
        for client in clients {
            let is_key = protocol::is_key(client);
            answers.push(if is_key {
                Err(Unresolved)
            } else {
                Ok(self.unknown.clone())
            });
        }
        let mut pause = self.shared.policy.backoff;
        for tries_left in (0..self.shared.policy.tries).rev() {
            let missing: Vec<usize> = (0..clients.len())
                .filter(|&at| answers[at].is_err())
                .collect();
            if missing.is_empty() || time_left().is_zero() {
                break;
            }
            let Some(permit) = self.shared.admit() else {
                break;
            };
            let mut used = None;
            let exchange = self.exchange(clients, &missing, &mut answers, &mut used);
            let patience = self.shared.policy.timeout.min(time_left());
            let outcome = timeout(patience, exchange).await;
            if let Ok(Ok(())) = outcome {
                self.shared.succeeded(permit);
                break;
            }
            self.unlink(used).await;
            let rest = self.shared.jittered(pause);
            let is_last = tries_left == 0 || permit.is_probe || time_left() <= rest;
            self.shared.failed(permit, is_last);
            if is_last {
                break;
            }
            sleep(rest).await;
            pause = pause.saturating_mul(2);
        }
        answers
    }

    /// One try: sends what is missing and waits for all answers.
    async fn exchange(
        &self,
        clients: &[&[u8]],
        missing: &[usize],
        answers: &mut [Answer],
        used: &mut Option<Arc<Link>>,
    ) -> io::Result<()> {
        let link = used.insert(self.link().await?);
        let mut waiting = Vec::with_capacity(missing.len());
        let mut rest = missing;
        while !rest.is_empty() {
            let mut query = Vec::new();
            let count = if let [only] = rest {
                protocol::encode_get(clients[*only], &mut query);
                1
            } else {
                protocol::encode_bulk(rest.iter().map(|&at| clients[at]), &mut query)
            };
            let (asked, later) = rest.split_at(count);
            {
                let mut pending = link.pending();
                for &at in asked {
                    waiting.push((at, pending.wait_for(clients[at])?));
                }
            }
            self.shared.requests.fetch_add(1, Ordering::Relaxed);
            self.shared.keys.fetch_add(count as u64, Ordering::Relaxed);
            link.queries
                .send(query)
                .map_err(|_| io::Error::from(ErrorKind::BrokenPipe))?;
            rest = later;
        }
        for (at, answer) in waiting {
            answers[at] = Ok(answer
                .await
                .map_err(|_| io::Error::from(ErrorKind::ConnectionReset))?);
        }
        Ok(())
    }

    /// The link, connected anew if there is none that works.
    async fn link(&self) -> io::Result<Arc<Link>> {
        let mut slot = self.link.lock().await;
        if let Some(link) = slot.as_ref().filter(|link| !link.pending().is_closed) {
            return Ok(Arc::clone(link));
        }
        let stream = TcpStream::connect(&self.shared.addresses[..]).await?;
        stream.set_nodelay(true)?;
        let (reads, writes) = stream.into_split();
        let (queries, queued) = mpsc::unbounded_channel();
        let pending = Arc::new(Mutex::new(Pending::default()));
        let mut tasks = JoinSet::new();
        tasks.spawn(write(writes, queued));
        tasks.spawn(read(reads, Arc::clone(&pending)));
        let link = Arc::new(Link {
            queries,
            pending,
            _tasks: tasks,
        });
        Ok(Arc::clone(slot.insert(link)))
    }

    /// Gives a link up after a failure, if nobody has replaced it yet: nothing more is asked over it.
    async fn unlink(&self, failed: Option<Arc<Link>>) {
        let mut slot = self.link.lock().await;
        if let (Some(current), Some(failed)) = (slot.as_ref(), failed)
            && Arc::ptr_eq(current, &failed)
        {
            *slot = None;
        }
    }
}

impl Link {
    fn pending(&self) -> MutexGuard<'_, Pending> {
        lock(&self.pending)
    }
}

impl Pending {
    fn wait_for(&mut self, key: &[u8]) -> io::Result<oneshot::Receiver<Holder>> {
        if self.is_closed {
            return Err(ErrorKind::NotConnected.into());
        }
        let (sender, receiver) = oneshot::channel();
        let waiters = self.keys.entry(key.into()).or_default();
        waiters.outstanding += 1;
        waiters.senders.push(sender);
        Ok(receiver)
    }

    /// Gives one answer line to all who wait for it; an answer that nobody asked for is an error.
    fn answer(&mut self, line: &[u8]) -> io::Result<()> {
        let garbage = || io::Error::from(ErrorKind::InvalidData);
        let space = memchr::memchr(b' ', line).ok_or_else(garbage)?;
        let key = &line[..space];
        let name = protocol::decode_answer(line, key).ok_or_else(garbage)?;
        let waiters = self.keys.get_mut(key).ok_or_else(garbage)?;
        waiters.outstanding -= 1;
        let senders = std::mem::take(&mut waiters.senders);
        if waiters.outstanding == 0 {
            self.keys.remove(key);
        }
        if !self.names.contains_key(name) {
            self.names.insert(name.to_owned(), Holder::new(name));
        }
        for sender in senders {
            // Whoever gave up dropped the other end.
            let _ = sender.send(self.names[name].clone());
        }
        Ok(())
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

/// Reads answers until something is wrong, and then lets everybody know.
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
    let mut pending = lock(&pending);
    pending.is_closed = true;
    pending.keys.clear(); // dropping the senders tells those who wait
}

fn lock(pending: &Mutex<Pending>) -> MutexGuard<'_, Pending> {
    // Nothing in its methods panics halfway.
    pending.lock().unwrap_or_else(PoisonError::into_inner)
}
