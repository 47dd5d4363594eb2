//! Whether a server is on, and the connections that close when it goes off.

use std::collections::HashMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The state of a server. Only `Stopped` is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Power {
    /// It answers.
    On,
    /// It died of its fault, and may return.
    Dead,
    /// Its owner dropped it.
    Stopped,
}

/// The switch of a server.
#[derive(Debug)]
pub(super) struct Switch {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    power: Power,
    /// A second handle of each open connection, to close it while its threads read and write.
    connections: HashMap<u64, TcpStream>,
    /// The number of the next connection.
    next: u64,
}

impl Switch {
    /// A switch that is on.
    pub fn new() -> Switch {
        let state = State {
            power: Power::On,
            connections: HashMap::new(),
            next: 0,
        };
        Switch {
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    /// The state at this moment.
    pub fn power(&self) -> Power {
        self.lock().power
    }

    /// Turns the server on or off, and says whether that changed anything. Off closes all
    /// connections; nothing leads away from `Stopped`.
    pub fn turn(&self, power: Power) -> bool {
        let mut state = self.lock();
        if state.power == power || state.power == Power::Stopped {
            return false;
        }
        state.power = power;
        if power != Power::On {
            for connection in state.connections.values() {
                // It may be closed already.
                let _ = connection.shutdown(Shutdown::Both);
            }
        }
        self.changed.notify_all();
        true
    }

    /// Enters a connection, to be closed when the server goes off, and gives its number; `None` if
    /// the server is off.
    pub fn enter(&self, connection: &TcpStream) -> Option<u64> {
        let handle = connection.try_clone().ok()?;
        let mut state = self.lock();
        if state.power != Power::On {
            return None;
        }
        let number = state.next;
        state.next += 1;
        state.connections.insert(number, handle);
        Some(number)
    }

    /// Forgets a connection that has ended.
    pub fn leave(&self, number: u64) {
        self.lock().connections.remove(&number);
    }

    /// Waits while the server is dead, at most so long (for ever if `None`).
    pub fn wait_while_dead(&self, at_most: Option<Duration>) {
        let state = self.lock();
        let is_dead = |state: &mut State| state.power == Power::Dead;
        let poisoned = "no thread panics with the switch in its hand";
        match at_most {
            Some(time) => {
                drop(
                    self.changed
                        .wait_timeout_while(state, time, is_dead)
                        .expect(poisoned),
                );
            }
            None => drop(self.changed.wait_while(state, is_dead).expect(poisoned)),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change of the state is one assignment or one call, so it is whole even then.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
