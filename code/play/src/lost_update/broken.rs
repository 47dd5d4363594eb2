//! A count behind a lock, read under one lock and written under another.

use std::collections::HashMap;

use crate::sync::Mutex;

// ANCHOR: count
pub fn count(counts: &Mutex<HashMap<&str, u64>>, route: &'static str) {
    let seen = counts.lock().unwrap().get(route).copied();
    let next = seen.unwrap_or(0) + 1;
    counts.lock().unwrap().insert(route, next);
}
// ANCHOR_END: count
