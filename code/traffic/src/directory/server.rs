//! The server: a listener, and a session for each connection.
//!
//! Threads and blocking sockets: a few connections at a time are all it must serve, and a thread a
//! connection is the plainest thing that answers them side by side.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use super::changes::Publisher;
use super::config::Config;
use super::fault::Fault;
use super::server_state::ServerState;
use super::session;
use super::switch::Power;
use super::table::Table;
use crate::Error;

/// Connections that may wait to be accepted: more than any step opens at once.
const BACKLOG: i32 = 1024;

/// How long to wait after an accept that failed, for lack of file handles, say.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// A running directory; dropping it closes its connections and ends its threads.
#[derive(Debug)]
pub struct Server {
    state: Arc<ServerState>,
    listener: Option<JoinHandle<()>>,
    publisher: Option<Publisher>,
    /// A port that is taken without listening refuses connections and cannot be taken by others.
    _refusing: Option<Socket>,
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
        let state = Arc::new(ServerState::new(config, address));
        let publisher = match state.config.changes {
            Some(Duration::ZERO) => {
                let sentence = "a table cannot change without a pause: give --changes a time";
                return Err(Error::Directory(sentence.into()));
            }
            Some(every) => {
                let (table, theirs) = (state.table.get(), Arc::clone(&state));
                let publish = move |next| theirs.table.set(next);
                Some(Publisher::start(table, every, publish)?)
            }
            None => None,
        };
        if state.config.fault == Some(Fault::Refuse) {
            return Ok(Server {
                state,
                listener: None,
                publisher,
                _refusing: Some(socket),
            });
        }
        let listener = listen(socket)
            .map_err(|error| Error::Directory(format!("cannot listen on {address}: {error}")))?;
        let theirs = Arc::clone(&state);
        let listener = thread::Builder::new()
            .name("directory".into())
            .spawn(move || run(&theirs, listener))
            .map_err(|source| Error::System {
                what: "cannot start the directory",
                source,
            })?;
        Ok(Server {
            state,
            listener: Some(listener),
            publisher,
            _refusing: None,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.state.address
    }

    /// Replaces the table while the server runs. An answer under way, a whole table too, is from one
    /// version or from the other.
    pub fn replace(&self, table: Table) {
        self.state.table.set(Arc::new(table));
    }

    /// The version that is due at a time, if versions are published by the clock.
    pub fn version_due(&self, time: Instant) -> Option<u64> {
        let publisher = self.publisher.as_ref()?;
        Some(publisher.timetable.version_at(time))
    }

    /// The number of requests that have arrived.
    pub fn requests(&self) -> u64 {
        self.state.requests()
    }

    /// The number of keys that have been looked up.
    pub fn keys(&self) -> u64 {
        self.state.keys()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.turn(Power::Stopped);
        if let Some(listener) = self.listener.take() {
            // A panic in there has been printed; a second one here would abort the process.
            let _ = listener.join();
        }
    }
}

/// Listens until the server is stopped; in between it may die and come back.
fn run(state: &ServerState, listener: TcpListener) {
    accept(state, listener);
    if state.switch.power() == Power::Dead {
        // Taken but not listening: refuses, and no other process can answer in our place.
        let held = bind(state.address.port());
        let returns_after = match state.config.fault {
            Some(Fault::Die { returns_after, .. }) => returns_after,
            _ => None,
        };
        state.switch.wait_while_dead(returns_after);
        state.recover();
        if let Ok(listener) = held.and_then(|(socket, _)| listen(socket))
            && state.switch.turn(Power::On)
        {
            accept(state, listener);
        }
    }
}

/// Accepts connections until the server goes off; returns when all their threads have ended.
fn accept(state: &ServerState, listener: TcpListener) {
    thread::scope(|scope| {
        while state.switch.power() == Power::On {
            let Ok((stream, _)) = listener.accept() else {
                thread::sleep(ACCEPT_PAUSE);
                continue;
            };
            let Some(number) = state.switch.enter(&stream) else {
                continue;
            };
            let session = move || {
                session::serve(state, &stream);
                state.switch.leave(number);
            };
            if thread::Builder::new().spawn_scoped(scope, session).is_err() {
                state.switch.leave(number);
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
