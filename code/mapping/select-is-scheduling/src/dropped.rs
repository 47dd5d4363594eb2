//! The first of several futures: those that lose are dropped, and that is how they are cancelled.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::sleep;

use crate::first::Outcome;

/// Counts, when it is dropped, whether it was in the middle of something.
struct Question<'c> {
    dropped: &'c AtomicUsize,
    is_answered: bool,
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        self.dropped
            .fetch_add(usize::from(!self.is_answered), Relaxed);
    }
}

async fn replica(number: usize, delay: Duration, dropped: &AtomicUsize) -> usize {
    let mut question = Question {
        dropped,
        is_answered: false,
    };
    sleep(delay).await;
    question.is_answered = true;
    number
}

// ANCHOR: dropped
/// Asks two replicas and takes the first answer. Nobody is told anything: whoever has lost is gone when
/// the `select!` is over. Says how many were dropped in the middle.
pub async fn ask(delays: [Duration; 2], deadline: Duration) -> (Outcome, usize) {
    let dropped = AtomicUsize::new(0);
    let outcome = tokio::select! {
        number = replica(0, delays[0], &dropped) => Outcome::Answered(number),
        number = replica(1, delays[1], &dropped) => Outcome::Answered(number),
        () = sleep(deadline) => Outcome::TooLate,
    };
    (outcome, dropped.load(Relaxed))
}
// ANCHOR_END: dropped
