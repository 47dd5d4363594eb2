//! What the flights and the batches are made of, from one place.
//!
//! The proofs compile their own sources against a module of this name with another mutex in it and
//! another clock, whose schedule they choose.

pub(crate) use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use tokio::sync::mpsc;
pub(crate) use tokio::sync::oneshot::{Receiver, Sender, channel};
pub(crate) use tokio::time::sleep;
