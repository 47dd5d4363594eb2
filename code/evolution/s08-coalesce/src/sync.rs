//! What the flights are made of, from one place.
//!
//! The proofs compile the flights' own source against a module of this name with another mutex in it,
//! whose schedule they choose.

pub(crate) use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use tokio::sync::oneshot;
