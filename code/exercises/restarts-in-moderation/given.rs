//! A supervisor: it is told of each death, and says what to do about it.

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
pub struct Supervisor {}

impl Supervisor {
    /// No worker has died yet.
    pub fn new() -> Supervisor {
        Supervisor::default()
    }

    /// A worker has died.
    pub fn died(&mut self, _now_ms: u64) -> Decision {
        Decision::Restart
    }
}
