//! What a worker waits with, from one place.
//!
//! The proofs compile their own sources against a module of this name with other channels in it, whose
//! schedule they choose.

pub(crate) use crossbeam_channel::{Receiver, never, select};
