//! A second attempt, at another server, for answers that are late: the hedged request of *The Tail at Scale* (Dean,
//! Barroso; CACM 2013), as `s07-deadline` has it, and with the second server that it had not.
//!
//! How long to wait is learned as there: each answer that was late makes the wait a little longer, each that was not
//! shorter, so that it settles where one in [`SHARE`] is late (Ma, Muthukrishnan, Sandler, *Frugal Streaming*, 2013).
//! That is a rule for the long run. What is never exceeded is a budget: each call brings a little, and a second
//! attempt costs [`SHARE`] times that. Where all servers are late for want of capacity, the budget is soon empty.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// One call in so many may have a second attempt.
pub const SHARE: u64 = 25;

/// How many second attempts can be saved for a bad moment.
const SAVED_MAX: u64 = 10;

/// Where the wait begins.
const WAIT_START: Duration = Duration::from_millis(5);

/// A wait is never shorter: it must be something to grow from.
const WAIT_MIN: Duration = Duration::from_micros(200);

/// A wait is never longer.
const WAIT_MAX: Duration = Duration::from_secs(1);

/// A late answer makes the wait longer by one part in so many.
const RAISE: u64 = 10;

// ANCHOR: second
/// How long to wait before a second attempt, and how many there may be. All numbers are relaxed: an update may be lost
/// between two tasks, and a budget is exact.
#[derive(Debug)]
pub struct Second {
    wait_ns: AtomicU64,
    /// In parts of a second attempt: each call brings one, and an attempt costs [`SHARE`].
    budget: AtomicU64,
}

impl Second {
    /// How long a first attempt may take.
    pub fn wait(&self) -> Duration {
        Duration::from_nanos(self.wait_ns.load(Relaxed))
    }

    /// A first attempt was answered in time: brings its part of the budget.
    pub fn was_in_time(&self) {
        self.save();
        self.learn(|wait_ns| wait_ns - wait_ns / (RAISE * (SHARE - 1)));
    }

    /// A first attempt is late. Says whether there may be a second one.
    pub fn may_follow(&self) -> bool {
        self.save();
        self.learn(|wait_ns| wait_ns + wait_ns / RAISE);
        let spend = |budget: u64| budget.checked_sub(SHARE);
        self.budget.fetch_update(Relaxed, Relaxed, spend).is_ok()
    }
    // ANCHOR_END: second

    fn save(&self) {
        let saved = |budget| (budget < SAVED_MAX * SHARE).then_some(budget + 1);
        let _ = self.budget.fetch_update(Relaxed, Relaxed, saved);
    }

    fn learn(&self, learned: impl Fn(u64) -> u64) {
        let learned_ns = learned(self.wait_ns.load(Relaxed));
        self.wait_ns
            .store(learned_ns.clamp(ns(WAIT_MIN), ns(WAIT_MAX)), Relaxed);
    }
}

impl Default for Second {
    fn default() -> Second {
        Second {
            wait_ns: AtomicU64::new(ns(WAIT_START)),
            budget: AtomicU64::new(0),
        }
    }
}

fn ns(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_all_are_late_one_in_so_many_has_a_second_attempt() {
        let second = Second::default();
        let made = (0..10_000).filter(|_| second.may_follow()).count() as u64;
        assert_eq!(made, 10_000 / SHARE);
    }

    #[test]
    fn what_is_saved_is_bounded() {
        let second = Second::default();
        (0..10_000).for_each(|_| second.was_in_time());
        let made = (0..SHARE - 1).filter(|_| second.may_follow()).count() as u64;
        assert_eq!(made, SAVED_MAX);
    }

    #[test]
    fn the_wait_goes_where_one_in_so_many_is_late() {
        let second = Second::default();
        // Answers take between none and 100 ms, each as often as the others.
        for number in 0..100_000_u32 {
            let takes = Duration::from_millis(u64::from(number * 37 % 100));
            if takes > second.wait() {
                second.may_follow();
            } else {
                second.was_in_time();
            }
        }
        let wait = second.wait();
        assert!((85..=100).contains(&wait.as_millis()), "{wait:?}");
    }
}
