//! The first message to a worker.

use std::net::SocketAddr;
use std::time::Duration;

use remoc::codec;
use remoc::rch;
use serde::{Deserialize, Serialize};
use traffic::directory::Policy;
use traffic::{Directory, Plan};

use crate::ranges::Task;
use crate::work::{LEASES_MAX, Manner, Word};

/// The receiver's half of the channel for ranges, which travels to the worker at the start.
pub type TasksOut = rch::mpsc::Receiver<Task, codec::Default, LEASES_MAX>;

/// The sender's half of the channel for ranges, which stays.
pub type TasksIn = rch::mpsc::Sender<Task, codec::Default, LEASES_MAX>;

/// The sender's half of the channel for what the worker says, which travels to it.
pub type WordsOut = rch::mpsc::Sender<Word, codec::Default, LEASES_MAX>;

/// The receiver's half, which stays.
pub type WordsIn = rch::mpsc::Receiver<Word, codec::Default, LEASES_MAX>;

// ANCHOR: start
/// What a worker is sent first: what it is to work on, and where it is to report. Both are channels.
#[derive(Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where its ranges come from.
    pub tasks: TasksOut,
    /// Where its reports go, all of them.
    pub words: WordsOut,
    /// How often it is to speak.
    pub manner: Manner,
    /// Where the directory is.
    pub directory: Vec<SocketAddr>,
    /// How patient it is to be with it.
    pub policy: Policy,
    /// How many lookups it may have in flight.
    pub workers: usize,
    /// How many questions travel together.
    pub batch: usize,
    /// How long a batch of them waits to be full.
    pub linger: Duration,
}
// ANCHOR_END: start

/// A channel for the ranges of one worker.
pub fn tasks() -> (TasksIn, TasksOut) {
    use rch::mpsc::MpscExt;
    rch::mpsc::with_local_buffer(1).with_buffer()
}

/// A channel for what one worker says.
pub fn words() -> (WordsOut, WordsIn) {
    use rch::mpsc::MpscExt;
    rch::mpsc::with_local_buffer(1).with_buffer()
}

impl Start {
    /// The message for a worker of this plan.
    pub fn new(
        tasks: TasksOut,
        words: WordsOut,
        manner: Manner,
        directory: &Directory,
        plan: &Plan,
    ) -> Start {
        Start {
            tasks,
            words,
            manner,
            directory: directory.addresses().to_vec(),
            policy: directory.policy(),
            workers: plan.workers,
            batch: plan.batch,
            linger: plan.linger,
        }
    }

    /// The plan, as far as the worker needs it.
    pub fn plan(&self) -> Plan {
        Plan {
            workers: self.workers.max(1),
            batch: self.batch.max(1),
            linger: self.linger,
            ..Plan::default()
        }
    }
}
