//! A value, and a flag that says that it is there; the flag comes behind the value.

use crate::sync::{
    AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};

// ANCHOR: write
pub fn write(value: &AtomicU64, flag: &AtomicU64) {
    value.store(7, Relaxed);
    flag.store(1, Release);
}
// ANCHOR_END: write

// ANCHOR: read
pub fn read(value: &AtomicU64, flag: &AtomicU64) -> Option<u64> {
    if flag.load(Acquire) == 0 {
        return None;
    }
    Some(value.load(Relaxed))
}
// ANCHOR_END: read
