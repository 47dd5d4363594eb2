//! Two locks, taken in two orders.

use crate::sync::Mutex;

// ANCHOR: publish
pub fn publish(cache: &Mutex<u64>, tally: &Mutex<u64>) {
    let mut cache = cache.lock().unwrap();
    let tally = tally.lock().unwrap();
    *cache = *tally;
}
// ANCHOR_END: publish

// ANCHOR: collect
pub fn collect(cache: &Mutex<u64>, tally: &Mutex<u64>) {
    let mut tally = tally.lock().unwrap();
    let cache = cache.lock().unwrap();
    *tally += *cache;
}
// ANCHOR_END: collect
