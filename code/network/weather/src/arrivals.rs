//! When bytes arrive that are sent now: distance, chance and a narrow line.

use std::time::Duration;

use tokio::time::Instant;

use crate::dice::Dice;
use crate::spec::{Direction, Weather};

/// Bytes that share one jitter. A border is never read across.
pub(crate) const CELL_BYTES: u64 = 4096;

/// When the bytes of one direction arrive: never earlier than those before them.
pub(crate) struct Arrivals {
    delay: Duration,
    jitter: Duration,
    bandwidth: Option<u64>,
    direction: Direction,
    /// When the sender's end of the wire is free again.
    free: Instant,
    last: Instant,
}

impl Arrivals {
    /// Nothing is under way yet.
    pub fn new(weather: &Weather, direction: Direction) -> Arrivals {
        let now = Instant::now();
        let fair = Weather::default();
        let weather = if weather.is_in(direction) {
            weather
        } else {
            &fair
        };
        Arrivals {
            delay: weather.delay,
            jitter: weather.jitter,
            bandwidth: weather.bandwidth,
            direction,
            free: now,
            last: now,
        }
    }

    /// When so many bytes arrive that begin at this place and are sent now.
    pub fn arrival(&mut self, dice: &mut Dice, offset: u64, len: u64) -> Instant {
        self.free = self.free.max(Instant::now());
        if let Some(bandwidth) = self.bandwidth {
            self.free += Duration::from_secs_f64(len as f64 / bandwidth as f64);
        }
        let jitter = dice.jitter(self.direction, offset / CELL_BYTES, self.jitter);
        self.last = self.last.max(self.free + self.delay + jitter);
        self.last
    }
}
