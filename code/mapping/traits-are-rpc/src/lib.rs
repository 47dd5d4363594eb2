//! A trait is a service contract: who asks does not know how far away the answer comes from.
//!
//! One question (who holds this address?) is asked at ten distances: a function, a trait object, a
//! lock, a task, a thread, a Unix socket, TCP, and TCP from further and further away. The
//! [`Directory`] is the contract, [`wire`] is remote procedure call in one file, after Birrell and
//! Nelson, *Implementing Remote Procedure Calls* (1984), and the [`ladder`] measures.
//!
//! Left out: many questions on one connection at a time, several tries, encryption, and a compiler
//! that writes the stubs.

pub mod directory;
pub mod ladder;
pub mod mailbox;
pub mod server;
pub mod visits;
pub mod wire;

pub use directory::{Directory, Holder, Table, Unresolved};
