//! What the threads of a server share: what it serves, whether it is on, and what it has counted.

use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::changes::Current;
use super::config::Config;
use super::fault::Conduct;
use super::switch::{Power, Switch};

/// How long to try to wake the listener. A connection to ourselves takes microseconds.
const WAKE_TIMEOUT: Duration = Duration::from_millis(200);

/// The state of a server.
#[derive(Debug)]
pub(super) struct ServerState {
    pub config: Config,
    pub switch: Switch,
    pub table: Current,
    pub address: SocketAddr,
    requests: AtomicU64,
    keys: AtomicU64,
    /// It died and came back.
    has_recovered: AtomicBool,
}

impl ServerState {
    /// A server that is on and has had no requests yet.
    pub fn new(config: Config, address: SocketAddr) -> ServerState {
        ServerState {
            table: Current::new(Arc::clone(&config.table)),
            config,
            switch: Switch::new(),
            address,
            requests: AtomicU64::new(0),
            keys: AtomicU64::new(0),
            has_recovered: AtomicBool::new(false),
        }
    }

    /// Whether answers may be written as the requests are read.
    pub fn answers_at_once(&self) -> bool {
        self.config.delay.is_zero() && self.config.fault.is_none()
    }

    /// Counts a request, and decides what becomes of it.
    pub fn arrived(&self) -> Conduct {
        let request = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        match self.config.fault {
            Some(fault) if !self.has_recovered.load(Ordering::Relaxed) => fault.conduct(request),
            _ => Conduct::Answer(Duration::ZERO),
        }
    }

    /// Counts a key that is looked up.
    pub fn looked_up(&self) {
        self.keys.fetch_add(1, Ordering::Relaxed);
    }

    /// From now on the server has no fault.
    pub fn recover(&self) {
        self.has_recovered.store(true, Ordering::Relaxed);
    }

    /// The number of requests that have arrived.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// The number of keys that have been looked up.
    pub fn keys(&self) -> u64 {
        self.keys.load(Ordering::Relaxed)
    }

    /// Turns the switch, and wakes the listener to see it.
    pub fn turn(&self, power: Power) {
        if self.switch.turn(power) {
            // If this fails, then the listener is not waiting: it has connections, or is gone.
            let _ = TcpStream::connect_timeout(&self.address, WAKE_TIMEOUT);
        }
    }
}
