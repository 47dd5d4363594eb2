//! What the run says to a process that works for it, and what that says to the run. Lines of text on one socket, and
//! the open files in front of the first.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use traffic::Seen;
use traffic::directory::{Policy, Stats};

use crate::epochs::Epochs;
use crate::parts::Key;

/// The first line of a process. What travels between processes has no version of its own, so this has to name it: the
/// number changes with each form of it.
pub const GREETING: &str = concat!(env!("CARGO_PKG_NAME"), " speaks 1");

// ANCHOR: start
/// What a process is told first. With it come its sockets, one to each other process, and the files of the log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Which process it is, from 0; the run itself is 0.
    pub process: usize,
    /// How many there are.
    pub processes: usize,
    /// How many workers each of them has.
    pub threads: usize,
    /// Where the log ends in each of its files.
    pub ends: Vec<u64>,
    /// Where the directory is.
    pub directory: Vec<SocketAddr>,
    /// How patient to be with it.
    pub policy: Policy,
    /// How the log is divided.
    pub epochs: Epochs,
    /// What decides where something is counted.
    pub key: Key,
    /// Whether a worker adds up what it can before it sends.
    pub combines: bool,
}
// ANCHOR_END: start

/// What the run says after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// To begin: all others are ready, too.
    Go,
    /// To read no further.
    Stop,
}

/// What a process says after its greeting.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// It has the log, and waits for the word.
    Ready,
    /// It is done: what it has seen of the log besides its lines, and what it has asked of the directory.
    Done(Seen, Stats),
}
