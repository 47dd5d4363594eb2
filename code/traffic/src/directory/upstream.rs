//! What all connections of one handle share: where the directory is, patience, counters and the breaker.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::breaker::{Breaker, Permit};
use super::policy::Policy;

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

/// The directory that a client's requests go to.
#[derive(Debug)]
pub(super) struct Upstream {
    pub addresses: Vec<SocketAddr>,
    pub policy: Policy,
    requests: AtomicU64,
    keys: AtomicU64,
    failures: AtomicU64,
    breaker_opens: AtomicU64,
    /// Where the sequence of the jitter stands.
    jitter: AtomicU64,
    /// Why the first try failed that did.
    first_failure: OnceLock<String>,
    breaker: Mutex<Breaker>,
}

impl Upstream {
    /// Nothing has been sent yet, and the breaker is closed.
    pub fn new(addresses: Vec<SocketAddr>, policy: Policy) -> Upstream {
        // A probe that takes twice as long as a try may, is lost.
        let breaker = Breaker::new(policy.cooling, policy.cooling_max, policy.timeout * 2);
        Upstream {
            addresses,
            policy,
            requests: AtomicU64::new(0),
            keys: AtomicU64::new(0),
            failures: AtomicU64::new(0),
            breaker_opens: AtomicU64::new(0),
            jitter: AtomicU64::new(0),
            first_failure: OnceLock::new(),
            breaker: Mutex::new(breaker),
        }
    }

    /// Counts one request for so many keys.
    pub fn sent(&self, keys: u64) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.keys.fetch_add(keys, Ordering::Relaxed);
    }

    /// Adds what was sent elsewhere.
    pub fn add(&self, stats: Stats) {
        for (sum, more) in [
            (&self.requests, stats.requests),
            (&self.keys, stats.keys),
            (&self.failures, stats.failures),
            (&self.breaker_opens, stats.breaker_opens),
        ] {
            sum.fetch_add(more, Ordering::Relaxed);
        }
    }

    /// What has been sent so far.
    pub fn stats(&self) -> Stats {
        Stats {
            requests: self.requests.load(Ordering::Relaxed),
            keys: self.keys.load(Ordering::Relaxed),
            failures: self.failures.load(Ordering::Relaxed),
            breaker_opens: self.breaker_opens.load(Ordering::Relaxed),
        }
    }

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
    pub fn failed(&self, permit: Permit, was_last: bool, why: &io::Error) {
        self.first_failure.get_or_init(|| why.to_string());
        self.failures.fetch_add(1, Ordering::Relaxed);
        if was_last && self.breaker().failed(permit, Instant::now()) {
            self.breaker_opens.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Why the first try failed that did.
    pub fn first_failure(&self) -> Option<&str> {
        self.first_failure.get().map(String::as_str)
    }

    /// Between half and all of a pause, by chance but the same in each run: callers that failed
    /// together do not return together.
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
