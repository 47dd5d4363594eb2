//! A value, and a flag that says that it is there; neither of them ordered.

use crate::sync::{AtomicU64, Ordering::Relaxed};

// ANCHOR: write
pub fn write(value: &AtomicU64, flag: &AtomicU64) {
    value.store(7, Relaxed);
    flag.store(1, Relaxed);
}
// ANCHOR_END: write

// ANCHOR: read
pub fn read(value: &AtomicU64, flag: &AtomicU64) -> Option<u64> {
    if flag.load(Relaxed) == 0 {
        return None;
    }
    Some(value.load(Relaxed))
}
// ANCHOR_END: read
