//! A connection of the client: lookups that are tried again, and given up when the breaker says so.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::thread;

use super::protocol;
use super::span::Span;
use super::table::Table;
use super::upstream::Upstream;
use super::wire::Wire;
use crate::{Answer, Holder, Unresolved};

/// As many names as a connection remembers: more than a table of registries or countries has.
const NAMES_MAX: usize = 4096;

/// One connection to a directory: a lookup at a time, each waiting for its answer.
///
/// It connects when it is needed, and again after a failure. What a broken try might still answer
/// dies with its connection, and is never taken for the answer to a later question.
#[derive(Debug)]
pub struct Connection {
    upstream: Arc<Upstream>,
    wire: Option<Wire>,
    names: Names,
}

impl Connection {
    pub(super) fn new(upstream: Arc<Upstream>) -> Connection {
        Connection {
            upstream,
            wire: None,
            names: Names::default(),
        }
    }

    /// Asks who holds a client's address.
    ///
    /// A client that could not be an address or a host name (longer than 255 bytes, with bytes that
    /// are not visible ASCII, or with a hyphen in front) is `unknown`, as the directory would say,
    /// and is not asked for.
    pub fn lookup(&mut self, client: &[u8]) -> Answer {
        if !protocol::is_key(client) {
            return Ok(self.names.holder("unknown"));
        }
        self.ask(|wire, names| wire.get(client).map(|holder| names.holder(holder)))
    }

    /// Asks who holds a client's address, and how far the answer holds.
    ///
    /// As [`Connection::lookup`] in all else. An answer whose range does not contain the client's
    /// address is no answer: the try has failed.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] as a lookup's answer is.
    pub fn lookup_range(&mut self, client: &[u8]) -> Result<Span, Unresolved> {
        if !protocol::is_key(client) {
            let holder = self.names.holder("unknown");
            return Ok(Span {
                range: None,
                holder,
            });
        }
        self.ask(|wire, names| {
            wire.range(client).map(|(range, holder)| Span {
                range,
                holder: names.holder(holder),
            })
        })
    }

    /// Asks for several clients in one request, or as few as the protocol's limits allow; answers
    /// in the order of `clients`.
    pub fn lookup_many(&mut self, clients: &[&[u8]]) -> Vec<Answer> {
        let mut answers: Vec<Answer> = vec![Err(Unresolved); clients.len()];
        let mut asked = Vec::with_capacity(clients.len());
        for (place, client) in clients.iter().enumerate() {
            if protocol::is_key(client) {
                asked.push(place);
            } else {
                answers[place] = Ok(self.names.holder("unknown"));
            }
        }
        let mut done = 0;
        while done < asked.len() {
            // A try that broke off halfway has brought true answers: the next asks for the rest.
            let outcome = self.ask(|wire, names| {
                let rest = &asked[done..];
                wire.bulk(rest.iter().map(|&place| clients[place]), |holder| {
                    answers[asked[done]] = Ok(names.holder(holder));
                    done += 1;
                })
            });
            // The breaker is open now: the rest would fail as well.
            if outcome.is_err() {
                break;
            }
        }
        answers
    }

    /// Fetches the whole table with its version.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] as a lookup's answer is.
    pub fn table(&mut self) -> Result<Table, Unresolved> {
        self.ask(|wire, _| wire.table())
    }

    /// Asks for the table's version: whether a copy of it is old can be told without fetching it.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] as a lookup's answer is.
    pub fn version(&mut self) -> Result<u64, Unresolved> {
        self.ask(|wire, _| wire.version())
    }

    /// Makes an exchange, again if it fails, as often as the policy and the breaker allow.
    fn ask<T>(
        &mut self,
        mut exchange: impl FnMut(&mut Wire, &mut Names) -> io::Result<T>,
    ) -> Result<T, Unresolved> {
        let policy = self.upstream.policy;
        let mut pause = policy.backoff;
        for tries_left in (0..policy.tries).rev() {
            let permit = self.upstream.admit().ok_or(Unresolved)?;
            let why = match self.once(&mut exchange) {
                Ok(answer) => {
                    self.upstream.succeeded(permit);
                    return Ok(answer);
                }
                Err(why) => why,
            };
            self.wire = None;
            let is_last = tries_left == 0 || permit.is_probe;
            self.upstream.failed(permit, is_last, &why);
            if is_last {
                break;
            }
            thread::sleep(self.upstream.jittered(pause));
            pause = pause.saturating_mul(2);
        }
        Err(Unresolved)
    }

    fn once<T>(
        &mut self,
        exchange: &mut impl FnMut(&mut Wire, &mut Names) -> io::Result<T>,
    ) -> io::Result<T> {
        let wire = match &mut self.wire {
            Some(wire) => {
                wire.start()?;
                wire
            }
            None => self.wire.insert(Wire::connect(&self.upstream)?),
        };
        exchange(wire, &mut self.names)
    }
}

/// The holders that a connection has heard of, so that equal names share one allocation.
#[derive(Debug, Default)]
struct Names(HashMap<String, Holder>);

impl Names {
    fn holder(&mut self, name: &str) -> Holder {
        if let Some(holder) = self.0.get(name) {
            return holder.clone();
        }
        if self.0.len() >= NAMES_MAX {
            // The names that matter soon return; those that do not would have stayed for ever.
            self.0.clear();
        }
        let holder = Holder::new(name);
        self.0.insert(name.to_owned(), holder.clone());
        holder
    }
}
