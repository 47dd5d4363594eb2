//! The circuit breaker: after a failure no caller asks for a while, then one asks for all.
//!
//! After M. Nygard's pattern (*Release It!*, 2007). A caller that has tried all its tries in vain opens the
//! breaker. While it is open every request fails at once. After a cooling time one caller is let
//! through as a probe: success closes the breaker, failure doubles the cooling time.
//!
//! The breaker is told the time and waits for nothing, so that tests need no clock. It keeps no lock
//! either: its owner does.

use std::time::{Duration, Instant};

/// The leave to make one try.
///
/// A report counts only while the breaker has not moved on since its permit was given: the failure
/// of a try that began before the breaker opened says nothing about the directory's health now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Permit {
    turn: u64,
    /// The caller tries for all others, once.
    pub is_probe: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// All may ask.
    Closed,
    /// None may ask before this time.
    Open(Instant),
    /// One asks. If nothing is heard from it until this time, then another may.
    Probing(Instant),
}

/// The breaker.
#[derive(Debug)]
pub(super) struct Breaker {
    state: State,
    /// Counts the changes of state, for the permits.
    turn: u64,
    /// How long it is open the next time.
    cooling: Duration,
    cooling_min: Duration,
    cooling_max: Duration,
    /// How long to wait for a probe's report: longer than any try takes.
    patience: Duration,
}

impl Breaker {
    /// A closed breaker.
    pub fn new(cooling_min: Duration, cooling_max: Duration, patience: Duration) -> Breaker {
        Breaker {
            state: State::Closed,
            turn: 0,
            cooling: cooling_min,
            cooling_min,
            cooling_max,
            patience,
        }
    }

    /// Whether the caller may try now.
    pub fn admit(&mut self, now: Instant) -> Option<Permit> {
        match self.state {
            State::Closed => Some(Permit {
                turn: self.turn,
                is_probe: false,
            }),
            State::Open(until) | State::Probing(until) if until <= now => {
                self.enter(State::Probing(now + self.patience));
                Some(Permit {
                    turn: self.turn,
                    is_probe: true,
                })
            }
            State::Open(_) | State::Probing(_) => None,
        }
    }

    /// The caller's try succeeded.
    pub fn succeeded(&mut self, permit: Permit) {
        if permit.turn == self.turn && permit.is_probe {
            self.enter(State::Closed);
            self.cooling = self.cooling_min;
        }
    }

    /// The caller's last try failed; says whether that opened the breaker.
    pub fn failed(&mut self, permit: Permit, now: Instant) -> bool {
        if permit.turn != self.turn {
            return false;
        }
        self.enter(State::Open(now + self.cooling));
        self.cooling = (self.cooling * 2).min(self.cooling_max);
        true
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.turn += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn breaker() -> Breaker {
        Breaker::new(SECOND, 30 * SECOND, 3 * SECOND)
    }

    #[test]
    fn opens_after_a_failure_and_lets_one_probe_through() {
        let (mut breaker, start) = (breaker(), Instant::now());
        let permit = breaker.admit(start).unwrap();
        assert!(!permit.is_probe);
        assert!(breaker.failed(permit, start));
        assert_eq!(breaker.admit(start + SECOND / 2), None);
        let probe = breaker.admit(start + SECOND).unwrap();
        assert!(probe.is_probe);
        assert_eq!(
            breaker.admit(start + 2 * SECOND),
            None,
            "one probe at a time"
        );
        breaker.succeeded(probe);
        assert!(!breaker.admit(start + 2 * SECOND).unwrap().is_probe);
    }

    #[test]
    fn cools_twice_as_long_after_each_failed_probe_and_from_the_start_after_success() {
        let (mut breaker, mut now) = (breaker(), Instant::now());
        let mut permit = breaker.admit(now).unwrap();
        for seconds in [1, 2, 4, 8, 16, 30, 30] {
            assert!(breaker.failed(permit, now));
            now += seconds * SECOND;
            assert_eq!(
                breaker.admit(now - SECOND / 1000),
                None,
                "before {seconds} s"
            );
            permit = breaker.admit(now).unwrap();
        }
        breaker.succeeded(permit);
        permit = breaker.admit(now).unwrap();
        assert!(breaker.failed(permit, now));
        assert!(breaker.admit(now + SECOND).is_some());
    }

    #[test]
    fn late_reports_change_nothing() {
        let (mut breaker, now) = (breaker(), Instant::now());
        let (early, other) = (breaker.admit(now).unwrap(), breaker.admit(now).unwrap());
        assert!(breaker.failed(early, now));
        assert!(!breaker.failed(other, now), "it is open already");
        let probe = breaker.admit(now + SECOND).unwrap();
        assert!(!breaker.failed(other, now + SECOND), "the probe decides");
        breaker.succeeded(other);
        assert_eq!(breaker.admit(now + SECOND), None);
        breaker.succeeded(probe);
        assert!(!breaker.failed(early, now + SECOND));
        assert!(breaker.admit(now + SECOND).is_some());
    }

    #[test]
    fn a_probe_that_never_reports_is_replaced() {
        let (mut breaker, now) = (breaker(), Instant::now());
        let permit = breaker.admit(now).unwrap();
        breaker.failed(permit, now);
        let lost = breaker.admit(now + SECOND).unwrap();
        assert_eq!(breaker.admit(now + 3 * SECOND), None);
        let second = breaker.admit(now + 4 * SECOND).unwrap();
        assert!(second.is_probe);
        assert!(!breaker.failed(lost, now + 4 * SECOND));
        breaker.succeeded(second);
        assert!(!breaker.admit(now + 4 * SECOND).unwrap().is_probe);
    }
}
