//! What no model of channels across processes can promise: one short run for each.
//!
//! Each module is one such thing, shown and not argued. None depends on luck: where a network or a process has
//! to fail, it fails at a stated place, so what is printed is the same each time. Nothing here is a step; the
//! steps of Part III live with these limits.

pub mod accepted;
pub mod cycle;
pub mod local;
pub mod once;
pub mod partition;
mod peer;
pub mod silent;
mod wire;
