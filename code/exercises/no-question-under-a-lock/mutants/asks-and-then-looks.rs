//! A cache of answers, shared by many workers.

use std::collections::HashMap;

use drill::sync::Mutex;

/// Holders by client.
#[derive(Debug, Default)]
pub struct Cache {
    known: Mutex<HashMap<u32, u32>>,
}

impl Cache {
    /// Nothing is known yet.
    pub fn new() -> Cache {
        Cache::default()
    }

    /// The holder of a client, for which a directory far away is asked if it is not known.
    pub fn get(&self, client: u32, ask: impl FnOnce() -> u32) -> u32 {
        let holder = ask();
        // Another worker may have asked as well, and its answer be kept.
        *self.known.lock().unwrap().entry(client).or_insert(holder)
    }
}
