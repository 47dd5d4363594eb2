//! A directory that says what it sees: when a question arrives, how much time it is told to have, and when it is
//! dropped.

use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use n02_rpc::contract::{Directory, Outcome};
use n02_rpc::job::{Answers, Clients};

/// What became of one question.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// How much time was left when it came.
    pub left: Duration,
    /// When the work on it ended, if it has.
    pub ended: Option<Instant>,
}

/// What all questions came to; clones are handles to the same.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<Seen>>>);

impl Log {
    pub fn all(&self) -> Vec<Seen> {
        self.0.lock().expect("no panic").clone()
    }

    /// The first question.
    pub fn first(&self) -> Option<Seen> {
        self.all().first().copied()
    }

    fn arrived(&self, left: Duration) -> Working {
        let mut seen = self.0.lock().expect("no panic");
        seen.push(Seen { left, ended: None });
        Working(self.clone(), seen.len() - 1)
    }
}

/// Notes when it is dropped.
struct Working(Log, usize);

impl Drop for Working {
    fn drop(&mut self) {
        self.0.0.lock().expect("no panic")[self.1].ended = Some(Instant::now());
    }
}

/// Never answers.
#[derive(Clone, Debug, Default)]
pub struct Silent(pub Log);

impl Directory for Silent {
    async fn holders(&self, _clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let _working = self
            .0
            .arrived(deadline.saturating_duration_since(Instant::now()));
        pending().await
    }
}

/// Takes some time, and passes the question on.
#[derive(Clone, Debug)]
pub struct Slow<D> {
    pub log: Log,
    pub takes: Duration,
    pub behind: D,
}

impl<D: Directory> Directory for Slow<D> {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let left = deadline.saturating_duration_since(Instant::now());
        let _working = self.log.arrived(left);
        tokio::time::sleep(self.takes).await;
        self.behind.holders(clients, deadline).await
    }
}
