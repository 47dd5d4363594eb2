//! The first answer, a deadline, and telling the others that it is over.

use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, after, bounded, select};

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// This replica was the first.
    Answered(usize),
    /// None was in time.
    TooLate,
}

// ANCHOR: first
/// Waits for an answer, but no longer than that.
pub fn first(answers: &Receiver<usize>, deadline: Duration) -> Outcome {
    select! {
        recv(answers) -> answer => match answer {
            Ok(number) => Outcome::Answered(number),
            // No replica is left that could answer.
            Err(_) => Outcome::TooLate,
        },
        recv(after(deadline)) -> _ => Outcome::TooLate,
    }
}
// ANCHOR_END: first

// ANCHOR: ask
/// Asks all replicas, takes the first answer, and tells the others. Says how many
/// stopped because of it.
pub fn ask(delays: &[Duration], deadline: Duration) -> (Outcome, usize) {
    // Room for all answers: a sender of one that comes too late must not be held up.
    let (answer_in, answers) = bounded(delays.len());
    let (over, is_over) = bounded::<()>(0);
    thread::scope(|scope| {
        let mut replicas = Vec::new();
        for (number, &delay) in delays.iter().enumerate() {
            let (answer_in, is_over) = (answer_in.clone(), is_over.clone());
            replicas.push(scope.spawn(move || {
                select! {
                    recv(after(delay)) -> _ => {
                        answer_in.send(number).expect("there is room");
                        false
                    }
                    recv(is_over) -> _ => true,
                }
            }));
        }
        let outcome = first(&answers, deadline);
        // Nothing is sent here. A channel that ends is heard by all who listen.
        drop(over);
        let ended = replicas.into_iter().map(thread::ScopedJoinHandle::join);
        let stopped = ended.filter(|ended| *ended.as_ref().expect("none panics"));
        (outcome, stopped.count())
    })
}
// ANCHOR_END: ask
