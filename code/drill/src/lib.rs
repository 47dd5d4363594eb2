//! What exercises are made of.
//!
//! An exercise takes its threads, locks and channels from here instead of from the standard library and crossbeam. The
//! names and the rules are the same. What is different is that one thread runs at a time, that the judge chooses which
//! one goes on at each lock and each channel, and that every step is written down with its line ([`trace`]). So a judge
//! can try thousands of schedules ([`schedules`]), and show the one that breaks a promise ([`judge`]). A lucky run does not pass.
//!
//! Left out: memory that is seen in different orders by different threads. What depends on that is checked with loom, in
//! `code/proofs`.

pub mod channel;
mod execution;
pub mod judge;
pub mod schedules;
pub mod sync;
mod table;
pub mod thread;
pub mod trace;

pub use self::judge::{Broken, Promise, Verdict};
pub use self::schedules::schedules;
