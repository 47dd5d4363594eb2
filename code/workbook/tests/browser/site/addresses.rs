//! The addresses of a book that is gone through by several windows at once: each is visited by one of them, and all are
//! done when none is open and none is being visited.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Condvar, Mutex};

/// What is still to be visited, and what has been found.
pub struct Addresses<V> {
    state: Mutex<State<V>>,
    changed: Condvar,
}

struct State<V> {
    open: Vec<String>,
    taken: BTreeSet<String>,
    at_work: usize,
    visited: BTreeMap<String, V>,
}

/// An address that one window visits. Where that panics, it is given up, and the others go on.
pub struct Taken<'a, V> {
    all: &'a Addresses<V>,
    /// The address.
    pub address: String,
}

impl<V> Addresses<V> {
    /// The first one, which leads to all others.
    pub fn from(first: String) -> Addresses<V> {
        let state = State {
            open: vec![first],
            taken: BTreeSet::new(),
            at_work: 0,
            visited: BTreeMap::new(),
        };
        Addresses {
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    /// The next one, which may have to be found first; none when all are visited.
    pub fn next(&self) -> Option<Taken<'_, V>> {
        let mut state = self.state.lock().expect("no panics");
        loop {
            while let Some(address) = state.open.pop() {
                if state.taken.insert(address.clone()) {
                    state.at_work += 1;
                    return Some(Taken { all: self, address });
                }
            }
            if state.at_work == 0 {
                return None;
            }
            state = self.changed.wait(state).expect("no panics");
        }
    }

    /// What was found at each address.
    pub fn visited(self) -> BTreeMap<String, V> {
        self.state.into_inner().expect("no panics").visited
    }
}

impl<V> Taken<'_, V> {
    /// Hands in what was found, with the addresses that it leads to.
    pub fn done(self, found: V, leads_to: impl IntoIterator<Item = String>) {
        let mut state = self.all.state.lock().expect("no panics");
        state.open.extend(leads_to);
        state.visited.insert(self.address.clone(), found);
    }
}

impl<V> Drop for Taken<'_, V> {
    fn drop(&mut self) {
        if let Ok(mut state) = self.all.state.lock() {
            state.at_work -= 1;
        }
        self.all.changed.notify_all();
    }
}
