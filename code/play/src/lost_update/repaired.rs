//! A count behind a lock, read and written under the same one.

use std::collections::HashMap;

use crate::sync::Mutex;

// ANCHOR: count
pub fn count(counts: &Mutex<HashMap<&str, u64>>, route: &'static str) {
    let mut counts = counts.lock().unwrap();
    *counts.entry(route).or_insert(0) += 1;
}
// ANCHOR_END: count
