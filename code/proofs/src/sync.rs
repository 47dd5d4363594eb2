//! The steps' `sync` modules, with shuttle's primitives in place of the real ones.

pub use shuttle::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

pub use crate::channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
