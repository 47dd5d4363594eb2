//! How often each route was asked for, counted by many workers at once.

use std::collections::HashMap;

use drill::sync::Mutex;

/// The counts, shared by all workers.
#[derive(Debug, Default)]
pub struct Counts {
    routes: Mutex<HashMap<String, u64>>,
}

impl Counts {
    /// No request was counted yet.
    pub fn new() -> Counts {
        Counts::default()
    }

    /// Counts one request for a route.
    pub fn count(&self, route: &str) {
        let mut seen = self.of(route);
        // Another worker may have been faster.
        if self.of(route) != seen {
            seen = self.of(route);
        }
        self.routes
            .lock()
            .unwrap()
            .insert(route.to_owned(), seen + 1);
    }

    /// Counts all requests for `from` as requests for `to`: the route was renamed.
    pub fn rename(&self, from: &str, to: &str) {
        // Under one lock: between the two steps the requests would be in neither route.
        let mut routes = self.routes.lock().unwrap();
        let moved = routes.remove(from).unwrap_or(0);
        *routes.entry(to.to_owned()).or_insert(0) += moved;
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
