//! What workers are told: by the queue itself, whose first message it is. So a worker needs to know no more than where the
//! queue is, and the name of the job.

use std::net::SocketAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use traffic::directory::Policy;
use traffic::{Directory, Error, Plan};

use crate::commons::Shared;
use crate::near::Near;
use crate::queue::{Queue, Terms};

/// What is spoken. Messages of another version are not understood.
pub const VERSION: u32 = 1;

// ANCHOR: start
/// What a worker is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// What is spoken, [`VERSION`].
    pub version: u32,
    /// What the job is called.
    pub job: String,
    /// Where the directory is.
    pub directory: Vec<SocketAddr>,
    /// How patient to be with it.
    pub policy: Policy,
    /// The URL of the shared cache.
    pub shared: Option<String>,
    /// How long that keeps an answer.
    pub shared_keeps: Duration,
    /// How long the worker's own cache does.
    pub near_keeps: Duration,
    /// How many answers it keeps.
    pub near_size: u64,
    /// How many lookups may be in flight.
    pub workers: usize,
    /// How many questions travel together.
    pub batch: usize,
    /// How long a batch of them waits to be full.
    pub linger: Duration,
    /// How the queue is.
    pub terms: Terms,
}
// ANCHOR_END: start

impl Start {
    /// Reads it from the queue, if it is there.
    ///
    /// # Errors
    ///
    /// One clause, if the job is of another version.
    pub async fn read(queue: &Queue) -> Result<Option<Start>, String> {
        let Some(bytes) = queue.last("ranges", "start").await else {
            return Ok(None);
        };
        let version: Version = serde_json::from_slice(&bytes).map_err(|err| err.to_string())?;
        if version.version != VERSION {
            let theirs = version.version;
            return Err(format!(
                "the job is of version {theirs} and this program of version {VERSION}: use the same program everywhere"
            ));
        }
        serde_json::from_slice(&bytes).map_err(|err| err.to_string())
    }

    /// As it travels.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("it has no maps with keys that are no text")
    }

    /// The plan, as far as a worker needs it.
    pub fn plan(&self) -> Plan {
        Plan {
            workers: self.workers.max(1),
            batch: self.batch.max(1),
            linger: self.linger,
            ..Plan::default()
        }
    }

    /// The worker's own cache.
    pub fn near(&self) -> Near {
        Near {
            keeps: self.near_keeps,
            size: self.near_size,
        }
    }

    /// The way to the directory.
    ///
    /// # Errors
    ///
    /// If it has no address.
    pub fn directory(&self) -> Result<Directory, Error> {
        Directory::with_policy(&self.directory[..], self.policy)
    }

    /// The way to answers: the shared cache, and the directory behind it.
    ///
    /// # Errors
    ///
    /// One clause, if the cache's URL is none.
    pub fn shared(&self, directory: &Directory) -> Result<Shared, String> {
        let (cache, keeps) = (self.shared.as_deref(), self.shared_keeps);
        let shared = Shared::new(directory, cache, keeps, &self.job);
        shared.map_err(|err| err.to_string())
    }
}

/// All that is read of a message of any version.
#[derive(Deserialize)]
struct Version {
    version: u32,
}
