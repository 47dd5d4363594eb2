//! The client's handle on a directory: where it is, what has been sent, and the breaker.

use std::fmt::Debug;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::breaker::{Breaker, Permit};
use super::connection::Connection;
use super::shared::SharedConnection;
use super::table::Table;
use crate::{Error, Unresolved};

/// How patient a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The time for one request and its whole answer, connecting included. (A table may take
    /// longer: it is the time for its first line, and then for each megabyte.)
    pub timeout: Duration,
    /// How often a request is tried before the breaker opens.
    pub tries: u32,
    /// The pause after the first try; each further one is twice as long. Between half and all of it
    /// is slept, so that many callers who failed together do not return together.
    pub backoff: Duration,
    /// How long the breaker stays open at first; each failed probe doubles it.
    pub cooling: Duration,
    /// How long the breaker stays open at most.
    pub cooling_max: Duration,
}

impl Default for Policy {
    /// Two seconds, three tries; then a second of cooling, up to half a minute.
    fn default() -> Policy {
        Policy {
            timeout: Duration::from_secs(2),
            tries: 3,
            backoff: Duration::from_millis(50),
            cooling: Duration::from_secs(1),
            cooling_max: Duration::from_secs(30),
        }
    }
}

/// What the connections of one handle have done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Requests sent, each try counted.
    pub requests: u64,
    /// Keys in those requests.
    pub keys: u64,
    /// Tries that failed, also because there was no connection.
    pub failures: u64,
    /// How often the breaker opened, failed probes included.
    pub breaker_opens: u64,
}

/// A remote directory, as its clients see it: a cheap handle, to be cloned at will.
#[derive(Clone, Debug)]
pub struct Directory {
    shared: Arc<Shared>,
}

/// What all connections of a handle share.
#[derive(Debug)]
pub(super) struct Shared {
    pub addresses: Vec<SocketAddr>,
    pub policy: Policy,
    pub requests: AtomicU64,
    pub keys: AtomicU64,
    /// Where the sequence of the jitter stands.
    jitter: AtomicU64,
    failures: AtomicU64,
    breaker_opens: AtomicU64,
    breaker: Mutex<Breaker>,
}

impl Directory {
    /// The directory at an address, with the default [`Policy`].
    ///
    /// Connects to nothing yet: if nothing listens there, then lookups are unresolved.
    ///
    /// # Errors
    ///
    /// The address is none, or its host's name cannot be resolved.
    pub fn at(address: impl ToSocketAddrs + Debug) -> Result<Directory, Error> {
        Directory::with_policy(address, Policy::default())
    }

    /// As [`Directory::at`], with another patience.
    ///
    /// # Errors
    ///
    /// As [`Directory::at`].
    pub fn with_policy(
        address: impl ToSocketAddrs + Debug,
        policy: Policy,
    ) -> Result<Directory, Error> {
        let addresses: Vec<_> = address
            .to_socket_addrs()
            .map_err(|error| Error::Directory(format!("no directory at {address:?}: {error}")))?
            .collect();
        if addresses.is_empty() {
            return Err(Error::Directory(format!(
                "no directory at {address:?}: no such address"
            )));
        }
        // A probe that takes twice as long as a try may, is lost.
        let breaker = Breaker::new(policy.cooling, policy.cooling_max, policy.timeout * 2);
        let shared = Shared {
            addresses,
            policy,
            requests: AtomicU64::new(0),
            keys: AtomicU64::new(0),
            jitter: AtomicU64::new(0),
            failures: AtomicU64::new(0),
            breaker_opens: AtomicU64::new(0),
            breaker: Mutex::new(breaker),
        };
        Ok(Directory {
            shared: Arc::new(shared),
        })
    }

    /// A connection of the caller's own, which connects when it is first needed.
    pub fn connect(&self) -> Connection {
        Connection::new(Arc::clone(&self.shared))
    }

    /// Fetches the whole table with its version.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] as a lookup's answer is.
    pub fn table(&self) -> Result<Table, Unresolved> {
        self.connect().table()
    }

    /// Asks for the table's version: whether a copy of it is old can be told without fetching it.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] as a lookup's answer is.
    pub fn version(&self) -> Result<u64, Unresolved> {
        self.connect().version()
    }

    /// A connection that many asynchronous tasks share, which connects when it is first needed.
    pub fn share(&self) -> SharedConnection {
        SharedConnection::new(Arc::clone(&self.shared))
    }

    /// Where it is, in all its addresses.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.shared.addresses
    }

    /// How patient its clients are.
    pub fn policy(&self) -> Policy {
        self.shared.policy
    }

    /// Adds what was sent for this handle from elsewhere, by another process.
    pub fn add(&self, stats: Stats) {
        let shared = &self.shared;
        for (sum, more) in [
            (&shared.requests, stats.requests),
            (&shared.keys, stats.keys),
            (&shared.failures, stats.failures),
            (&shared.breaker_opens, stats.breaker_opens),
        ] {
            sum.fetch_add(more, Ordering::Relaxed);
        }
    }

    /// What has been sent so far.
    pub fn stats(&self) -> Stats {
        Stats {
            requests: self.shared.requests.load(Ordering::Relaxed),
            keys: self.shared.keys.load(Ordering::Relaxed),
            failures: self.shared.failures.load(Ordering::Relaxed),
            breaker_opens: self.shared.breaker_opens.load(Ordering::Relaxed),
        }
    }
}

impl Shared {
    /// Whether a try may be made now.
    pub fn admit(&self) -> Option<Permit> {
        self.breaker().admit(Instant::now())
    }

    /// A try succeeded.
    pub fn succeeded(&self, permit: Permit) {
        // Only a probe's success changes anything: the usual case takes no second lock.
        if permit.is_probe {
            self.breaker().succeeded(permit);
        }
    }

    /// A try failed; after the last one the breaker opens.
    pub fn failed(&self, permit: Permit, was_last: bool) {
        self.failures.fetch_add(1, Ordering::Relaxed);
        if was_last && self.breaker().failed(permit, Instant::now()) {
            self.breaker_opens.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Between half and all of a pause, by chance but the same in each run: whoever failed together
    /// does not return together.
    pub fn jittered(&self, pause: Duration) -> Duration {
        // SplitMix64 (Steele, Lea, Flood; OOPSLA 2014).
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut bits = self
            .jitter
            .fetch_add(STEP, Ordering::Relaxed)
            .wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        pause / 2 + pause / 2 * (bits >> 48) as u32 / (1 << 16)
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        // Its methods do not panic halfway.
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
