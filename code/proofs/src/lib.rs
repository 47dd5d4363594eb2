//! Proofs: what threads share, run under many schedules that a checker chooses.
//!
//! A test that starts threads sees the few schedules that the machine happens to make. The checker
//! [shuttle] runs threads one at a time and decides at each lock, channel and atomic which goes on; it
//! reports a deadlock, and prints the schedule of a failure so that it can be replayed. It tries
//! schedules at random: what it has not found in thousands is not thereby impossible, but what these
//! proofs are for, a lost worker or a wake-up that reaches no thread, it finds in milliseconds.
//!
//! **What is proven is the source that runs.** A step keeps what its threads share in one file, which
//! takes everything that blocks or is shared from `crate::sync` and nothing from elsewhere. In the step
//! that module names the standard library and crossbeam. A proof compiles the same file beside a
//! [`sync`] that names shuttle's primitives and a [`channel`] made of them:
//!
//! ```text
//! use proofs::sync; // what `crate::sync` is in the included file
//!
//! #[path = "../../evolution/s05-elastic/src/pool.rs"]
//! mod pool;
//! ```
//!
//! So a proof is an integration test, one a file that is proven, and needs no feature and no flag. The
//! file must not bring tests of its own: they would run here, too, with no schedule to run under.
//!
//! Where a step cannot be divided so, its shape is written down again as a model, and says that it is
//! one (`tests/release.rs`).
//!
//! A step that does not change such a file has a copy of it. What is proven of one holds for all: they are
//! equal to the byte (`tests/copies.rs`, which also has the reasons where nothing is proven of a copied file:
//! `tally.rs` is one worker's own).
//!
//! What is left out: crossbeam's channels. Their own tests are for them; [`channel`] says what we take
//! them to do. The one channel that is ours is proven (`tests/queue.rs`). And shuttle takes all atomics to be
//! sequentially consistent. What depends on a weaker ordering is proven with [loom] instead, by way of [`weak`]:
//! it tries *all* schedules of a small model, and all values that the memory model lets a load return, not only
//! the newest.

pub mod channel;
pub mod remote;
pub mod schedules;
pub mod sync;
pub mod weak;
