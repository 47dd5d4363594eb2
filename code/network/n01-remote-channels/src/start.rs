//! The first message to a worker, and its last.

use std::net::SocketAddr;
use std::time::Duration;

use remoc::rch::oneshot;
use serde::{Deserialize, Serialize};
use traffic::directory::{Policy, Stats};
use traffic::{Directory, Plan};

use crate::wire::JobsOut;

// ANCHOR: start
/// What a worker is sent first: what it is to work on, and where its last word goes. Both are channels.
#[derive(Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where its jobs come from.
    pub jobs: JobsOut,
    /// Takes its last word. That there are no more jobs is an end; that it has ended, it says.
    pub ended: oneshot::Sender<Ended>,
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

/// A worker's last word: all jobs are answered.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ended {
    /// What it asked of the directory.
    pub asked: Stats,
}
// ANCHOR_END: start

impl Start {
    /// The message for a worker of this plan.
    pub fn new(
        jobs: JobsOut,
        ended: oneshot::Sender<Ended>,
        directory: &Directory,
        plan: &Plan,
    ) -> Start {
        Start {
            jobs,
            ended,
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
