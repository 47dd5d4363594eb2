//! A second attempt for answers that are late: the hedged request of *The Tail at Scale* (Dean,
//! Barroso; CACM 2013).
//!
//! The second attempt is sent when the first has been out for longer than most answers take; whichever
//! is answered first wins, and the other is dropped, which cancels it. How long to wait is learned from
//! one bit an answer, whether it needed a second attempt: each that did makes the wait a little longer,
//! each that did not a nineteenth of that shorter, so that it settles where one in twenty does: at the
//! 95th percentile. That is the one-word estimate of *Frugal Streaming for Estimating Quantiles* (Ma,
//! Muthukrishnan, Sandler; 2013). It regulates the share of second attempts itself, so neither a coarse
//! timer nor a directory that is slow as a whole can make them many.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::sleep;
use traffic::Answer;

/// Where the wait begins: about a round trip within a region, as good a first guess as any.
const DELAY_START: Duration = Duration::from_millis(1);

/// A wait is never shorter: it must be something to grow from.
const DELAY_MIN: Duration = Duration::from_micros(50);

/// A wait is never longer: no line's budget is.
const DELAY_MAX: Duration = Duration::from_secs(1);

/// A late answer makes the wait longer by one part in so many: a handful doubles it.
const RAISE: u64 = 10;

/// One answer in so many may have a second attempt.
const SHARE: u64 = 20;

/// How long to wait for an answer before asking again; clones share what is learned.
#[derive(Clone, Debug)]
pub struct Hedge {
    /// In nanoseconds. Relaxed, and an update may be lost between two tasks: it is an estimate.
    delay_ns: Arc<AtomicU64>,
}

impl Hedge {
    pub fn new() -> Hedge {
        Hedge {
            delay_ns: Arc::new(AtomicU64::new(ns(DELAY_START))),
        }
    }

    // ANCHOR: race
    /// Makes an attempt, and a second one if the first is late. The first answer wins.
    pub async fn race<A: Future<Output = Answer>>(&self, attempt: impl Fn() -> A) -> Answer {
        let first = attempt();
        tokio::pin!(first);
        tokio::select! {
            biased;
            answer = &mut first => {
                // A failure says nothing about how long an answer takes.
                if answer.is_ok() {
                    self.learn(false);
                }
                return answer;
            }
            () = sleep(self.delay()) => self.learn(true),
        }
        tokio::select! {
            biased;
            answer = first => answer,
            // That the second attempt failed is no reason to give up the first.
            Ok(holder) = attempt() => Ok(holder),
        }
    }
    // ANCHOR_END: race

    fn delay(&self) -> Duration {
        Duration::from_nanos(self.delay_ns.load(Relaxed))
    }

    fn learn(&self, was_late: bool) {
        let delay_ns = self.delay_ns.load(Relaxed);
        let learned_ns = if was_late {
            delay_ns + delay_ns / RAISE
        } else {
            delay_ns - delay_ns / (RAISE * (SHARE - 1))
        };
        let learned_ns = learned_ns.clamp(ns(DELAY_MIN), ns(DELAY_MAX));
        self.delay_ns.store(learned_ns, Relaxed);
    }
}

fn ns(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::time::Instant;
    use traffic::{Holder, Unresolved};

    use super::*;

    const USUAL: Duration = Duration::from_millis(5);
    const SLOW: Duration = Duration::from_millis(50);

    /// A directory in virtual time that counts what is asked of it, and what is still being waited for.
    #[derive(Default)]
    struct Fake {
        asked: Cell<u64>,
        alive: Cell<u64>,
    }

    /// One attempt; it counts as alive until it is finished or dropped.
    struct Alive<'a>(&'a Cell<u64>);

    impl Drop for Alive<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() - 1);
        }
    }

    impl Fake {
        /// Answers the request of each number, counted from 1, after its time; in vain if there is none.
        async fn ask(&self, times: impl Fn(u64) -> Option<Duration>) -> Answer {
            let number = self.asked.get() + 1;
            self.asked.set(number);
            self.alive.set(self.alive.get() + 1);
            let _alive = Alive(&self.alive);
            match times(number) {
                Some(time) => {
                    sleep(time).await;
                    Ok(Holder::unknown())
                }
                None => Err(Unresolved),
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_request_in_a_hundred_is_slow_and_no_answer() {
        let (fake, hedge) = (Fake::default(), Hedge::new());
        let one_in_a_hundred = |number: u64| {
            Some(if number.is_multiple_of(100) {
                SLOW
            } else {
                USUAL
            })
        };
        let mut slow = 0;
        for _ in 0..2_000 {
            let start = Instant::now();
            let answer = hedge.race(|| fake.ask(one_in_a_hundred)).await;
            assert!(answer.is_ok());
            assert_eq!(fake.alive.get(), 0, "the slower attempt outlives the race");
            slow += u64::from(start.elapsed() >= SLOW);
        }
        assert_eq!(slow, 0, "20 would be slow without a second attempt");
        let extra = fake.asked.get() - 2_000;
        assert!((20..200).contains(&extra), "{extra} second attempts");
    }

    #[tokio::test(start_paused = true)]
    async fn a_directory_that_is_always_slow_is_not_asked_twice_as_much() {
        let (fake, hedge) = (Fake::default(), Hedge::new());
        for _ in 0..2_000 {
            assert!(hedge.race(|| fake.ask(|_| Some(SLOW))).await.is_ok());
        }
        let extra = fake.asked.get() - 2_000;
        assert!(extra < 200, "{extra} second attempts");
    }

    #[tokio::test(start_paused = true)]
    async fn a_second_attempt_that_fails_leaves_the_first_its_time() {
        let (fake, hedge) = (Fake::default(), Hedge::new());
        let only_the_first = |number| (number == 1).then_some(SLOW);
        assert!(hedge.race(|| fake.ask(only_the_first)).await.is_ok());
        assert_eq!((fake.asked.get(), fake.alive.get()), (2, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn a_race_that_is_dropped_leaves_nothing_running() {
        let (fake, hedge) = (Fake::default(), Hedge::new());
        let race = hedge.race(|| fake.ask(|_| Some(Duration::MAX / 2)));
        assert!(tokio::time::timeout(SLOW, race).await.is_err());
        assert_eq!((fake.asked.get(), fake.alive.get()), (2, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn failures_teach_nothing() {
        let hedge = Hedge::new();
        for _ in 0..1_000 {
            let fake = Fake::default();
            assert!(hedge.race(|| fake.ask(|_| None)).await.is_err());
            assert_eq!(fake.asked.get(), 1);
        }
        assert_eq!(hedge.delay(), DELAY_START);
    }
}
