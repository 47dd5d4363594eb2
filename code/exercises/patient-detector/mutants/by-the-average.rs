//! A failure detector: it hears signs of life, and says which workers are dead.

use std::collections::VecDeque;

/// No worker is declared dead sooner.
pub const PATIENCE_MIN_MS: u64 = 30;

/// No worker is declared dead later.
pub const PATIENCE_MAX_MS: u64 = 600;

/// So many gaps between two signs of life are remembered.
const REMEMBERED: usize = 50;

/// What the detector knows of one worker.
#[derive(Debug)]
pub struct Detector {
    last_ms: u64,
    /// The last gaps between two signs of life, in milliseconds.
    gaps_ms: VecDeque<u64>,
}

impl Detector {
    /// A worker begins.
    pub fn new(now_ms: u64) -> Detector {
        Detector {
            last_ms: now_ms,
            gaps_ms: VecDeque::new(),
        }
    }

    /// The worker says that it lives.
    pub fn heard(&mut self, now_ms: u64) {
        self.gaps_ms.push_back(now_ms - self.last_ms);
        if self.gaps_ms.len() > REMEMBERED {
            self.gaps_ms.pop_front();
        }
        self.last_ms = now_ms;
    }

    /// For how long the worker may be silent.
    pub fn patience_ms(&self) -> u64 {
        // A silence is nothing unusual for a worker if there was one like it not long ago.
        let all: u64 = self.gaps_ms.iter().sum();
        (3 * all / (self.gaps_ms.len() as u64).max(1)).clamp(PATIENCE_MIN_MS, PATIENCE_MAX_MS)
    }

    /// Whether the worker is taken for dead.
    pub fn is_dead(&mut self, now_ms: u64) -> bool {
        now_ms - self.last_ms > self.patience_ms()
    }
}
