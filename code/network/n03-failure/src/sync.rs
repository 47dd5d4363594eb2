//! What the flights and the batches are made of, from one place.
//!
//! The proofs compile their own sources against a module of this name with another mutex, another clock
//! and another connection in it, whose schedule they choose.

pub(crate) use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use tokio::spawn;
pub(crate) use tokio::sync::{mpsc, oneshot};
pub(crate) use tokio::time::sleep;
pub(crate) use traffic::directory::MultiplexedConnection;
