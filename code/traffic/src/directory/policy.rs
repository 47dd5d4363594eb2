//! How patient a client is.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How patient a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The time for one request and its whole answer, connecting included. (A table may take
    /// longer: it is the time for its first line, and then for each megabyte.)
    pub timeout: Duration,
    /// How often a request is tried before the breaker opens.
    pub tries: u32,
    /// The pause after the first try; each further one is twice as long. Between half and all of it
    /// is slept, so that many callers that failed together do not return together.
    pub backoff: Duration,
    /// How long the breaker stays open at first; each failed probe doubles it.
    pub cooling: Duration,
    /// How long the breaker stays open at most.
    pub cooling_max: Duration,
}

impl Default for Policy {
    /// Two seconds, three tries; then a second of cooling, up to half a minute.
    fn default() -> Policy {
        Policy {
            timeout: Duration::from_secs(2),
            tries: 3,
            backoff: Duration::from_millis(50),
            cooling: Duration::from_secs(1),
            cooling_max: Duration::from_secs(30),
        }
    }
}
