//! A failure detector: it hears signs of life, and says which workers are dead.

/// No worker is declared dead sooner.
pub const PATIENCE_MIN_MS: u64 = 30;

/// No worker is declared dead later.
pub const PATIENCE_MAX_MS: u64 = 600;

/// What the detector knows of one worker.
#[derive(Debug)]
pub struct Detector {
    last_ms: u64,
    is_dead: bool,
}

impl Detector {
    /// A worker begins.
    pub fn new(now_ms: u64) -> Detector {
        Detector {
            last_ms: now_ms,
            is_dead: false,
        }
    }

    /// The worker says that it lives.
    pub fn heard(&mut self, now_ms: u64) {
        self.last_ms = now_ms;
    }

    /// For how long the worker may be silent.
    pub fn patience_ms(&self) -> u64 {
        PATIENCE_MIN_MS
    }

    /// Whether the worker is taken for dead.
    pub fn is_dead(&mut self, now_ms: u64) -> bool {
        self.is_dead = self.is_dead || now_ms - self.last_ms > self.patience_ms();
        self.is_dead
    }
}
