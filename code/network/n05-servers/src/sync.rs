//! What the flights and the batches are made of, from one place.
//!
//! Questions that travel together go to the shared cache, and from there to the directory: to a batch it looks as the
//! connection to the directory does.

pub(crate) use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use tokio::spawn;
pub(crate) use tokio::sync::{mpsc, oneshot};
pub(crate) use tokio::time::sleep;

pub(crate) use crate::commons::Shared as MultiplexedConnection;
