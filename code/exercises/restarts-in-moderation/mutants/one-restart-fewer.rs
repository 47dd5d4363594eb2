//! A supervisor: it is told of each death, and says what to do about it.

use std::collections::VecDeque;

/// So many restarts at most …
pub const RESTARTS: usize = 3;

/// … within so many milliseconds, wherever they begin.
pub const WINDOW_MS: u64 = 5_000;

/// What a supervisor does about a death.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It starts a new worker.
    Restart,
    /// It dies itself, and its own supervisor is told.
    GiveUp,
}

/// What a supervisor remembers.
#[derive(Debug, Default)]
pub struct Supervisor {
    /// The times of the last restarts, in milliseconds.
    restarts_ms: VecDeque<u64>,
}

impl Supervisor {
    /// No worker has died yet.
    pub fn new() -> Supervisor {
        Supervisor::default()
    }

    /// A worker has died.
    pub fn died(&mut self, now_ms: u64) -> Decision {
        self.restarts_ms
            .retain(|restart_ms| now_ms - restart_ms < WINDOW_MS);
        if self.restarts_ms.len() + 1 == RESTARTS {
            return Decision::GiveUp;
        }
        self.restarts_ms.push_back(now_ms);
        Decision::Restart
    }
}
