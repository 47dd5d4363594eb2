//! The server: a listener, and a session for each connection.
//!
//! Threads and blocking sockets: a few connections at a time are all it must serve, and a thread a
//! connection is the plainest thing that answers them side by side.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use super::changes::{Current, Publisher};
use super::fault::{Conduct, Fault};
use super::session;
use super::switch::{Power, Switch};
use super::table::Table;
use crate::Error;

/// The distance to a directory unless somebody says otherwise: a hop within a region.
pub const DELAY_DEFAULT: Duration = Duration::from_micros(500);

/// Connections that may wait to be accepted: more than any step opens at once.
const BACKLOG: i32 = 1024;

/// How long to wait after an accept that failed, for lack of file handles, say.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// How long to try to wake the listener. A connection to ourselves takes microseconds.
const WAKE_TIMEOUT: Duration = Duration::from_millis(200);

/// What a server serves, and how badly.
#[derive(Clone, Debug)]
pub struct Config {
    /// The port on 127.0.0.1; 0 for one that is free.
    pub port: u16,
    /// The time from a request's arrival to its answer.
    pub delay: Duration,
    /// What it answers from.
    pub table: Arc<Table>,
    /// What is wrong with it.
    pub fault: Option<Fault>,
    /// How often it publishes a new version of the table, in which the holder `X` of the first is
    /// called `X #7` if it is the seventh. Without it the table stays and keeps its names.
    pub changes: Option<Duration>,
}

impl Default for Config {
    /// The built-in table, half a millisecond away, on a free port, in good health.
    fn default() -> Config {
        Config {
            port: 0,
            delay: DELAY_DEFAULT,
            table: Arc::new(Table::iana()),
            fault: None,
            changes: None,
        }
    }
}

/// A running directory; dropping it closes its connections and ends its threads.
#[derive(Debug)]
pub struct Server {
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
    publisher: Option<Publisher>,
    /// A port that is taken without listening refuses connections and cannot be taken by others.
    _refusing: Option<Socket>,
}

/// What the threads of a server share.
#[derive(Debug)]
pub(super) struct Shared {
    pub config: Config,
    pub switch: Switch,
    pub table: Current,
    pub keys: AtomicU64,
    address: SocketAddr,
    requests: AtomicU64,
    /// It died and came back.
    has_recovered: AtomicBool,
}

impl Server {
    /// Starts a server on 127.0.0.1.
    ///
    /// # Errors
    ///
    /// The port is taken, the table is to change without a pause, or the system refuses a thread.
    pub fn start(config: Config) -> Result<Server, Error> {
        let (socket, address) = bind(config.port).map_err(|error| {
            Error::Directory(format!(
                "cannot listen on 127.0.0.1:{}: {error}",
                config.port
            ))
        })?;
        let shared = Arc::new(Shared {
            table: Current::new(Arc::clone(&config.table)),
            config,
            switch: Switch::new(),
            keys: AtomicU64::new(0),
            address,
            requests: AtomicU64::new(0),
            has_recovered: AtomicBool::new(false),
        });
        let publisher = match shared.config.changes {
            Some(Duration::ZERO) => {
                let sentence = "a table cannot change without a pause: give --changes a time";
                return Err(Error::Directory(sentence.into()));
            }
            Some(every) => {
                let (table, theirs) = (shared.table.get(), Arc::clone(&shared));
                let publish = move |next| theirs.table.set(next);
                Some(Publisher::start(table, every, publish)?)
            }
            None => None,
        };
        if shared.config.fault == Some(Fault::Refuse) {
            return Ok(Server {
                shared,
                listener: None,
                publisher,
                _refusing: Some(socket),
            });
        }
        let listener = listen(socket)
            .map_err(|error| Error::Directory(format!("cannot listen on {address}: {error}")))?;
        let theirs = Arc::clone(&shared);
        let listener = thread::Builder::new()
            .name("directory".into())
            .spawn(move || run(&theirs, listener))
            .map_err(|source| Error::System {
                what: "cannot start the directory",
                source,
            })?;
        Ok(Server {
            shared,
            listener: Some(listener),
            publisher,
            _refusing: None,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// Replaces the table while the server runs. An answer under way, a whole table too, is from one
    /// version or from the other.
    pub fn replace(&self, table: Table) {
        self.shared.table.set(Arc::new(table));
    }

    /// The version that is due at a time, if versions are published by the clock.
    pub fn version_due(&self, time: Instant) -> Option<u64> {
        let publisher = self.publisher.as_ref()?;
        Some(publisher.timetable.version_at(time))
    }

    /// The number of requests that have arrived.
    pub fn requests(&self) -> u64 {
        self.shared.requests.load(Ordering::Relaxed)
    }

    /// The number of keys that have been looked up.
    pub fn keys(&self) -> u64 {
        self.shared.keys.load(Ordering::Relaxed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.turn(Power::Stopped);
        if let Some(listener) = self.listener.take() {
            // A panic in there has been printed; a second one here would abort the process.
            let _ = listener.join();
        }
    }
}

impl Shared {
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

    /// Turns the switch, and wakes the listener to see it.
    pub fn turn(&self, power: Power) {
        if self.switch.turn(power) {
            // If this fails, then the listener is not waiting: it has connections, or is gone.
            let _ = TcpStream::connect_timeout(&self.address, WAKE_TIMEOUT);
        }
    }
}

/// Listens until the server is stopped; in between it may die and come back.
fn run(shared: &Shared, listener: TcpListener) {
    accept(shared, listener);
    if shared.switch.power() == Power::Dead {
        // Taken but not listening: refuses, and nobody else can answer in our place.
        let held = bind(shared.address.port());
        let returns_after = match shared.config.fault {
            Some(Fault::Die { returns_after, .. }) => returns_after,
            _ => None,
        };
        shared.switch.wait_while_dead(returns_after);
        shared.has_recovered.store(true, Ordering::Relaxed);
        if let Ok(listener) = held.and_then(|(socket, _)| listen(socket))
            && shared.switch.turn(Power::On)
        {
            accept(shared, listener);
        }
    }
}

/// Accepts connections until the server goes off; returns when all their threads have ended.
fn accept(shared: &Shared, listener: TcpListener) {
    thread::scope(|scope| {
        while shared.switch.power() == Power::On {
            let Ok((stream, _)) = listener.accept() else {
                thread::sleep(ACCEPT_PAUSE);
                continue;
            };
            let Some(number) = shared.switch.enter(&stream) else {
                continue;
            };
            let session = move || {
                session::serve(shared, &stream);
                shared.switch.leave(number);
            };
            if thread::Builder::new().spawn_scoped(scope, session).is_err() {
                shared.switch.leave(number);
            }
        }
        // Before the sessions have ended: from here on connections are refused.
        drop(listener);
    });
}

/// Takes a port without listening on it yet.
fn bind(port: u16) -> io::Result<(Socket, SocketAddr)> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    // As std does: connections of a former server that linger do not keep the port taken.
    socket.set_reuse_address(true)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into())?;
    let address = socket
        .local_addr()?
        .as_socket()
        .ok_or(io::ErrorKind::AddrNotAvailable)?;
    Ok((socket, address))
}

fn listen(socket: Socket) -> io::Result<TcpListener> {
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}
