//! What the pool is made of, from one place.
//!
//! The proofs compile the pool's own source against a module of this name with other threads in it,
//! whose schedule they choose.

pub(crate) use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

pub(crate) use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
