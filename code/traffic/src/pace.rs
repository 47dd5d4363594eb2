//! Lines that arrive by the clock: an open loop.
//!
//! A program that reads the next line when it is done with the last is a *closed loop*: when it is
//! slow, less is asked of it, and the time that the lines not yet read would have waited is never
//! seen. Gil Tene calls this *coordinated omission*. Requests of real users do not wait for us. Here a
//! line is due at its time, and latency is counted from there.

use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::units::count;

/// How long each of two rates lasts before they change places.
const PHASE: Duration = Duration::from_secs(1);

/// Lines that are due this soon are handed out now: a sleep so short would come too late.
const EARLY: Duration = Duration::from_micros(100);

/// How many lines are due in a second; clones share the moment at which the first line was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Lines a second in the first phase.
    low: u64,
    /// Lines a second in the second phase; the same for a steady pace.
    high: u64,
    /// When it was first started.
    start: Arc<OnceLock<Instant>>,
}

impl FromStr for Pace {
    type Err = String;

    /// Parses `5k`, a steady pace, or `2k-40k`, which alternates every second.
    fn from_str(text: &str) -> Result<Pace, String> {
        let (low, high) = text.split_once('-').unwrap_or((text, text));
        let (low, high) = (count(low)?, count(high)?);
        if low == 0 || high == 0 {
            return Err("a rate must be at least 1".into());
        }
        let start = Arc::default();
        Ok(Pace { low, high, start })
    }
}

impl Pace {
    /// The clock of one reader.
    pub(crate) fn start(&self) -> Clock {
        let now = Instant::now();
        self.start.get_or_init(|| now);
        self.clock(now)
    }

    /// When the lines were due that the first reader read, and when further ones would have been.
    pub(crate) fn due(&self) -> impl Iterator<Item = Instant> + use<> {
        let mut clock = self.start.get().map(|&start| self.clock(start));
        std::iter::from_fn(move || clock.as_mut().map(Clock::next))
    }

    fn clock(&self, start: Instant) -> Clock {
        Clock {
            pace: self.clone(),
            due: start,
            phase_end: start + PHASE,
            is_high: false,
        }
    }
}

/// When the next line is due.
#[derive(Debug)]
pub(crate) struct Clock {
    pace: Pace,
    due: Instant,
    phase_end: Instant,
    is_high: bool,
}

impl Clock {
    /// Waits until the next line is due, and says when that was.
    pub fn wait(&mut self) -> Instant {
        let due = self.next();
        let left = due.saturating_duration_since(Instant::now());
        if left > EARLY {
            std::thread::sleep(left);
        }
        due
    }

    fn next(&mut self) -> Instant {
        let due = self.due;
        while due >= self.phase_end {
            self.phase_end += PHASE;
            self.is_high = !self.is_high;
        }
        let rate = if self.is_high {
            self.pace.high
        } else {
            self.pace.low
        };
        self.due += Duration::from_secs(1) / u32::try_from(rate).unwrap_or(u32::MAX);
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_alternates_every_second() {
        let mut clock = "2-4".parse::<Pace>().unwrap().start();
        let start = clock.due;
        let due: Vec<u128> = (0..8)
            .map(|_| clock.next().duration_since(start).as_millis())
            .collect();
        assert_eq!(due, [0, 500, 1000, 1250, 1500, 1750, 2000, 2500]);
    }

    #[test]
    fn nonsense_is_no_pace() {
        for text in ["", "0", "5-0", "fast", "1-2-3"] {
            assert!(text.parse::<Pace>().is_err(), "{text}");
        }
    }
}
