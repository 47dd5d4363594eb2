//! What the queue locks and waits with, from one place.
//!
//! The proofs compile their own sources against a module of this name with loom's primitives in it,
//! whose schedule loom chooses.

pub(crate) use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
