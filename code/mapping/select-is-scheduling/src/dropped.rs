//! The first of several futures: those that lose are dropped, and that is how they are cancelled.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use tokio::runtime::Builder;
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

// ANCHOR: cancelled
/// Asks three replicas and takes the first answer. No replica is told anything: when the
/// `select!` is over, the futures that lost are gone. Says how many.
pub async fn ask(delays: [Duration; 3], deadline: Duration) -> (Outcome, usize) {
    let dropped = AtomicUsize::new(0);
    let outcome = tokio::select! {
        number = replica(0, delays[0], &dropped) => Outcome::Answered(number),
        number = replica(1, delays[1], &dropped) => Outcome::Answered(number),
        number = replica(2, delays[2], &dropped) => Outcome::Answered(number),
        () = sleep(deadline) => Outcome::TooLate,
    };
    (outcome, dropped.load(Relaxed))
}
// ANCHOR_END: cancelled

/// The same, for those who are not async: one thread does all of it.
pub fn ask_and_wait(delays: [Duration; 3], deadline: Duration) -> (Outcome, usize) {
    let runtime = Builder::new_current_thread().enable_time().build();
    runtime
        .expect("a thread and a clock are all it needs")
        .block_on(ask(delays, deadline))
}
