//! What a replica and the spans are made of, from one place.
//!
//! The proofs compile `replica.rs` and `steal.rs` against a module of this name with other atomics and another
//! mutex in it, whose schedule they choose.

pub(crate) use std::sync::atomic::{AtomicU64, Ordering};
pub(crate) use std::sync::{Arc, Mutex, PoisonError};
