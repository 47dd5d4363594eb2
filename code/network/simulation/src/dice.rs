//! Chance, from a seed.

use std::ops::Range;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Dice that fall the same way for the same seed, on every machine.
#[derive(Debug)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below another, which is not 0.
    pub fn below(&mut self, number: usize) -> usize {
        usize::try_from(self.0.next_u64() % number as u64).expect("it is below a usize")
    }

    /// A time in whole milliseconds.
    pub fn time(&mut self, ms: Range<u64>) -> Duration {
        Duration::from_millis(ms.start + self.0.next_u64() % (ms.end - ms.start))
    }
}
