//! The steps' `sync` modules, with loom's primitives: here an atomic is as weak as its ordering says.
//!
//! Nothing of this needs `--cfg loom`: that is for crates that are to be compiled both ways.

pub use std::sync::PoisonError;

pub use loom::sync::atomic::{AtomicU64, Ordering};
pub use loom::sync::{Arc, Condvar, Mutex, MutexGuard};
