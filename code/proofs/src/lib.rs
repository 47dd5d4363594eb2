//! Checks of what threads share, run under many schedules that a checker chooses.
//!
//! A test that starts threads sees the few schedules that the machine happens to make. The checker
//! [shuttle] runs threads one at a time and decides at each lock, channel and atomic which goes on; it
//! reports a deadlock, and prints the schedule of a failure so that it can be replayed. It tries
//! schedules at random: what it has not found in thousands is not thereby impossible, so these are checks and,
//! in spite of the folder's name, no proofs. What they are for, a lost worker or a wake-up that reaches no thread, they
//! find in milliseconds.
//!
//! **What is checked is the source that runs.** A step keeps what its threads share in one file, which
//! takes everything that blocks or is shared from `crate::sync` and nothing from elsewhere. In the step
//! that module names the standard library and crossbeam. A check compiles the same file beside a
//! [`sync`] that names shuttle's primitives and a [`channel`] made of them:
//!
//! ```text
//! use proofs::sync; // what `crate::sync` is in the included file
//!
//! #[path = "../../evolution/s05-elastic/src/pool.rs"]
//! mod pool;
//! ```
//!
//! So a check is an integration test, one a file that is checked, and needs no feature and no flag. The
//! file must not bring tests of its own: they would run here, too, with no schedule to run under.
//!
//! Where a step cannot be divided so, its shape is written down again as a model, and says that it is
//! one (`tests/release.rs`).
//!
//! A step that does not change such a file has a copy of it. What is found of one holds for all: they are
//! equal to the byte (`tests/copies.rs`, which also has the reasons where nothing is checked of a copied file:
//! `tally.rs` is one worker's own).
//!
//! What is left out: crossbeam's channels. Their own tests are for them; [`channel`] says what we take
//! them to do. The one channel that is ours is checked (`tests/queue.rs`). And shuttle takes all atomics to be
//! sequentially consistent. What depends on a weaker ordering is checked with [loom] instead, by way of [`weak`]:
//! it tries the schedules of a small model one after the other, and for each load the values that it may see, old ones
//! among them. It does not model all that `Relaxed` allows, as its own tests say.

pub mod channel;
pub mod leased;
pub mod played;
pub mod remote;
pub mod schedules;
pub mod sync;
pub mod weak;
