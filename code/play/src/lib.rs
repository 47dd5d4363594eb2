//! Plays: small models of two or three parties, in which a reader is the scheduler, or the network.
//!
//! A schedule and a network are the same adversary: each decides what happens next, and the program has to be right
//! whatever they decide. A play says what its parties can do, as numbered steps that are tied to lines of their code;
//! what they share; and what must hold whatever the order. It has two versions: a broken one, in which some order breaks
//! a promise, and a repaired one, in which none does.
//!
//! Both are small enough to be explored whole ([`explore`]), so the page that shows a play needs no program behind it:
//! it has the graph. What is claimed of a version is asserted by tests, which explore it a second time with a model
//! checker that is not ours, [stateright](https://www.stateright.rs), and compare the two.
//!
//! Each play is a folder: its model, and the code of its parties. Code of threads is real code, which the proofs compile
//! and run under the schedules that a play finds (`code/proofs/tests/plays`). Plays are modules and not crates: there
//! are many of them, they are small, and all are wanted together.

mod code;
mod counts;
mod explore;
mod graph;
mod keys;
mod model;
mod play;
mod version;
mod ways;

mod asked_to_leave;
mod counted_twice;
mod declared_dead;
mod full_ring;
mod last_batch;
mod lost_update;
mod old_and_new;
mod range_waits;
mod starved;
mod store_buffer;
mod two_generals;
mod two_locks;
mod who_leads;

#[cfg(test)]
mod checked;
#[cfg(test)]
mod tests;

pub use self::counts::Counts;
pub use self::graph::{Choice, End, Graph, Party, Position, Stand};
pub use self::play::{Instead, Play};

/// All plays, in the order of the book.
pub const PLAYS: &[Play] = &[
    starved::PLAY,
    store_buffer::PLAY,
    asked_to_leave::PLAY,
    who_leads::PLAY,
    last_batch::PLAY,
    lost_update::PLAY,
    two_locks::PLAY,
    full_ring::PLAY,
    counted_twice::PLAY,
    declared_dead::PLAY,
    two_generals::PLAY,
    range_waits::PLAY,
    old_and_new::PLAY,
];
