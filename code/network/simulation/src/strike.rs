//! What can happen to machines and cables, and what does, by a seed.

use std::fmt;
use std::time::Duration;

use crate::dice::Dice;

/// Strikes of one run at most.
const STRIKES_MAX: usize = 8;

/// When strikes come, in milliseconds: while an undisturbed run works.
const AT_MS: std::ops::Range<u64> = 0..150;

/// How long what they do lasts, in milliseconds: from less than a beat to more than a lease.
const LASTS_MS: std::ops::Range<u64> = 10..500;

// ANCHOR: fate
/// What happens to a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its process is killed. Its system tells the run so, and starts it again.
    Killed,
    /// Its machine loses its power. Nothing is told, and it starts again empty.
    PowerLost,
    /// It is stopped, or its cable is out and TCP is patient: what was sent arrives, late.
    Stalled,
    /// It is cut off: what was sent is lost, and what comes after it on that connection is, too.
    CutOff,
}
// ANCHOR_END: fate

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// When, since all workers were there.
    pub at: Duration,
    /// To which workers, counted from 0.
    pub workers: Vec<usize>,
    /// What.
    pub fate: Fate,
    /// For how long.
    pub lasts: Duration,
}

/// What happens to so many workers in the run of a seed.
pub fn draw(seed: u64, workers: usize) -> Vec<Strike> {
    let mut dice = Dice::new(seed);
    let strikes = 1 + dice.below(STRIKES_MAX);
    let mut strikes: Vec<Strike> = (0..strikes).map(|_| one(&mut dice, workers)).collect();
    strikes.sort_by_key(|strike| strike.at);
    strikes
}

fn one(dice: &mut Dice, workers: usize) -> Strike {
    // Mostly one, sometimes a rack, now and then half of all, and once in a while all.
    let hit = match dice.below(20) {
        0 => workers,
        1 | 2 => workers.div_ceil(2),
        3..=7 => workers.div_ceil(10),
        _ => 1,
    };
    let first = dice.below(workers);
    let fate = match dice.below(10) {
        0 | 1 => Fate::Killed,
        2 | 3 => Fate::PowerLost,
        4..=7 => Fate::Stalled,
        _ => Fate::CutOff,
    };
    Strike {
        at: dice.time(AT_MS),
        workers: (first..first + hit)
            .map(|worker| worker % workers)
            .collect(),
        fate,
        lasts: dice.time(LASTS_MS),
    }
}

impl fmt::Display for Strike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, many) = (self.workers[0] + 1, self.workers.len());
        match many {
            1 => write!(f, "worker {first} ")?,
            many => write!(f, "{many} workers from {first} on ")?,
        }
        let lasts = humantime::format_duration(self.lasts);
        match self.fate {
            Fate::Killed => write!(f, "killed, to start again after {lasts}"),
            Fate::PowerLost => write!(f, "without power for {lasts}"),
            Fate::Stalled => write!(f, "stalled for {lasts}"),
            Fate::CutOff => write!(f, "cut off for {lasts}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fate_comes_and_seeds_differ() {
        let drawn: Vec<Strike> = (0..200).flat_map(|seed| draw(seed, 50)).collect();
        for fate in [Fate::Killed, Fate::PowerLost, Fate::Stalled, Fate::CutOff] {
            assert!(drawn.iter().any(|strike| strike.fate == fate), "{fate:?}");
        }
        for hit in [1, 5, 25, 50] {
            assert!(drawn.iter().any(|strike| strike.workers.len() == hit));
        }
        assert_ne!(draw(1, 50), draw(2, 50));
        assert_eq!(draw(1, 50), draw(1, 50));
    }
}
