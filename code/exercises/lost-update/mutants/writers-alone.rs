//! How often each route was asked for, counted by many workers at once.

use std::collections::HashMap;

use drill::sync::Mutex;

/// The counts, shared by all workers.
#[derive(Debug, Default)]
pub struct Counts {
    routes: Mutex<HashMap<String, u64>>,
    /// Taken by those who write, from the beginning to the end.
    writing: Mutex<()>,
}

impl Counts {
    /// No request was counted yet.
    pub fn new() -> Counts {
        Counts::default()
    }

    /// Counts one request for a route.
    pub fn count(&self, route: &str) {
        let _writing = self.writing.lock().unwrap();
        let seen = self.of(route);
        self.routes
            .lock()
            .unwrap()
            .insert(route.to_owned(), seen + 1);
    }

    /// Counts all requests for `from` as requests for `to`: the route was renamed.
    pub fn rename(&self, from: &str, to: &str) {
        let _writing = self.writing.lock().unwrap();
        let moved = self.routes.lock().unwrap().remove(from).unwrap_or(0);
        let there = self.of(to);
        self.routes
            .lock()
            .unwrap()
            .insert(to.to_owned(), there + moved);
    }

    /// How many requests for a route were counted.
    pub fn of(&self, route: &str) -> u64 {
        self.routes.lock().unwrap().get(route).copied().unwrap_or(0)
    }

    /// How many requests were counted.
    pub fn total(&self) -> u64 {
        self.routes.lock().unwrap().values().sum()
    }
}
