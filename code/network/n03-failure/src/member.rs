//! A worker as the run sees it, and the failure detector: what is believed of a worker, and never known.
//!
//! The detector has one rule, a time. It is wrong now and then: a worker that is slow, or behind a slow
//! network, looks as one that is dead (Fischer, Lynch, Paterson: with no bound on delays nothing can tell
//! them apart). So it may not matter that it is wrong: what is given up here is given up, not dead, and its next
//! word brings it back.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use traffic::directory::Stats;

use crate::ranges::Task;
use crate::work::LEASES_MAX;

/// What is believed of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It works.
    Trusted,
    /// It was silent for too long, and is given nothing until it says something.
    Silent,
    /// It has kept a range for too long, and is given nothing until it reports one.
    Slow,
    /// Its connection or its process has ended. That is known.
    Gone,
}

/// A worker.
#[derive(Debug)]
pub struct Member {
    /// What it is called.
    pub name: String,
    /// Which place it fills; none for this process where it fills in for others.
    pub place: Option<usize>,
    /// Whether it works in this process: it lives as long as we do, and is never given up.
    pub is_here: bool,
    /// Where its ranges go, as long as there are any.
    pub tasks: Option<mpsc::Sender<Task>>,
    /// What is believed of it.
    pub standing: Standing,
    /// Whether it was ever given up: then it may have lost more than time, such as its way to the directory.
    pub was_given_up: bool,
    /// When it was last heard.
    pub last_word: Instant,
    /// What it has asked of the directory, as far as it has said so.
    pub asked: Stats,
    /// Ranges that are not on their way to it yet, and lines that are, where nothing else is counted.
    pub unsent: usize,
    /// See `unsent`.
    pub lines: u64,
    /// The task that passes on what is said.
    pub attending: JoinHandle<()>,
}

impl Drop for Member {
    fn drop(&mut self) {
        // With the task goes the connection, and with that a child.
        self.attending.abort();
    }
}

// ANCHOR: detector
impl Member {
    /// It was heard: a report, or that it is there. Says whether it was given up, and is back.
    pub fn has_spoken(&mut self, is_report: bool, now: Instant) -> bool {
        self.last_word = now;
        let is_back = match self.standing {
            Standing::Silent => true,
            Standing::Slow => is_report,
            Standing::Trusted | Standing::Gone => false,
        };
        if is_back {
            self.standing = Standing::Trusted;
        }
        is_back
    }

    /// When it is given up if it says nothing until then.
    pub fn silent_at(&self, silence: Duration) -> Option<Instant> {
        let can_be = self.standing == Standing::Trusted && !self.is_here;
        can_be.then(|| self.last_word + silence)
    }
}
// ANCHOR_END: detector

impl Member {
    /// Whether it can be given a range, when it has so many.
    pub fn has_room(&self, held: usize) -> bool {
        let can_take = |tasks: &mpsc::Sender<Task>| tasks.capacity() > 0;
        self.standing == Standing::Trusted
            && held < LEASES_MAX
            && self.tasks.as_ref().is_some_and(can_take)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENCE: Duration = Duration::from_secs(1);

    fn member(standing: Standing, tasks: Option<mpsc::Sender<Task>>) -> Member {
        Member {
            name: "it".into(),
            place: Some(0),
            is_here: false,
            tasks,
            standing,
            was_given_up: false,
            last_word: Instant::now(),
            asked: Stats::default(),
            unsent: 0,
            lines: 0,
            attending: tokio::spawn(async {}),
        }
    }

    #[tokio::test]
    async fn a_word_brings_back_the_silent_a_report_the_slow_and_nothing_the_gone() {
        use Standing::{Gone, Silent, Slow, Trusted};
        for (before, is_report, after) in [
            (Trusted, false, Trusted),
            (Trusted, true, Trusted),
            (Silent, false, Trusted),
            (Silent, true, Trusted),
            (Slow, false, Slow),
            (Slow, true, Trusted),
            (Gone, false, Gone),
            (Gone, true, Gone),
        ] {
            let mut member = member(before, None);
            let now = Instant::now() + SILENCE;
            let is_back = member.has_spoken(is_report, now);
            assert_eq!(is_back, before != after, "{before:?}, {is_report}");
            assert_eq!((member.standing, member.last_word), (after, now));
        }
    }

    #[tokio::test]
    async fn only_the_trusted_elsewhere_can_fall_silent() {
        use Standing::{Gone, Silent, Slow, Trusted};
        let mut trusted = member(Trusted, None);
        assert_eq!(
            trusted.silent_at(SILENCE),
            Some(trusted.last_word + SILENCE)
        );
        trusted.is_here = true;
        assert_eq!(trusted.silent_at(SILENCE), None);
        for standing in [Silent, Slow, Gone] {
            assert_eq!(member(standing, None).silent_at(SILENCE), None);
        }
    }

    #[tokio::test]
    async fn room_is_for_the_trusted_who_have_few_and_can_be_sent_to() {
        let (tasks, _waiting) = mpsc::channel(LEASES_MAX);
        let trusted = member(Standing::Trusted, Some(tasks.clone()));
        assert!(trusted.has_room(LEASES_MAX - 1));
        assert!(!trusted.has_room(LEASES_MAX));
        assert!(!member(Standing::Silent, Some(tasks.clone())).has_room(0));
        assert!(!member(Standing::Trusted, None).has_room(0));
        let _full = tasks.try_reserve_many(LEASES_MAX).expect("room");
        assert!(!trusted.has_room(0));
    }
}
