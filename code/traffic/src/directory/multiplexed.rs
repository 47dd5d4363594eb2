//! One connection for many requests at once: an asynchronous client that multiplexes.
//!
//! Any number of lookups share one socket. A query is written as soon as it is made, and an answer is
//! given to the lookups that wait for its key, in whatever order answers come. Patience, tries and the breaker
//! are those of the [`Directory`](super::Directory) and are shared with its other connections.
//!
//! Cancelling a lookup is dropping its future. The query is on its way by then; its answer is taken
//! off the wire and dropped.

mod link;
mod pending;

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

use self::link::Link;
use super::protocol;
use super::upstream::Upstream;
use crate::{Answer, Holder, Unresolved};

/// A connection that many tasks share; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct MultiplexedConnection {
    upstream: Arc<Upstream>,
    /// The link that works, if there is one. The lock is held while connecting: one task does it for all.
    link: Arc<Mutex<Option<Arc<Link>>>>,
    unknown: Holder,
}

impl MultiplexedConnection {
    pub(super) fn new(upstream: Arc<Upstream>) -> MultiplexedConnection {
        MultiplexedConnection {
            upstream,
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

    /// As [`MultiplexedConnection::lookup`], but gives up at the deadline, with all its tries.
    ///
    /// That is a failure of the directory, and the breaker is told. It is not told of a lookup whose
    /// future is dropped: the reason of that only the caller knows, perhaps another was faster.
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
        let mut pause = self.upstream.policy.backoff;
        for tries_left in (0..self.upstream.policy.tries).rev() {
            let missing: Vec<usize> = (0..clients.len())
                .filter(|&at| answers[at].is_err())
                .collect();
            if missing.is_empty() || time_left().is_zero() {
                break;
            }
            let Some(permit) = self.upstream.admit() else {
                break;
            };
            let mut used = None;
            let exchange = self.exchange(clients, &missing, &mut answers, &mut used);
            let patience = self.upstream.policy.timeout.min(time_left());
            let outcome = timeout(patience, exchange).await;
            let why = match outcome {
                Ok(Ok(())) => {
                    self.upstream.succeeded(permit);
                    break;
                }
                Ok(Err(why)) => why,
                Err(_) => ErrorKind::TimedOut.into(),
            };
            self.unlink(used).await;
            let rest = self.upstream.jittered(pause);
            let is_last = tries_left == 0 || permit.is_probe || time_left() <= rest;
            self.upstream.failed(permit, is_last, &why);
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
            let answers_to_come = link.expect(asked.iter().map(|&at| clients[at]))?;
            waiting.extend(asked.iter().copied().zip(answers_to_come));
            self.upstream.sent(count as u64);
            link.send(query)?;
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
        if let Some(link) = slot.as_ref().filter(|link| !link.is_closed()) {
            return Ok(Arc::clone(link));
        }
        let link = Link::connect(&self.upstream.addresses).await?;
        Ok(Arc::clone(slot.insert(Arc::new(link))))
    }

    /// Gives a link up after a failure, if it has not been replaced yet: nothing more is asked over it.
    async fn unlink(&self, failed: Option<Arc<Link>>) {
        let mut slot = self.link.lock().await;
        if let (Some(current), Some(failed)) = (slot.as_ref(), failed)
            && Arc::ptr_eq(current, &failed)
        {
            *slot = None;
        }
    }
}
