//! A fallacy that the list does not have: there is one clock.
//!
//! A message carries the time at which it was sent, and the receiver writes down when it came. How often did it come
//! before it was sent?

use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;

// ANCHOR: clocks
/// Of so many messages, those that came *before* they were sent, if the receiver's
/// clock is so much behind.
pub fn backwards(messages: usize, behind: Duration) -> usize {
    let (sender, receiver) = bounded(1);
    let start = Instant::now();
    let sending = thread::spawn(move || {
        for _ in 0..messages {
            sender.send(start.elapsed()).expect("it listens");
        }
    });
    let count = receiver
        .iter()
        .filter(|&sent| start.elapsed() < sent + behind)
        .count();
    sending.join().expect("the sender does not panic");
    count
}

/// The same with logical clocks, after Lamport: each node counts, and a node that hears
/// of a later count goes on from there.
pub fn logical(messages: usize) -> usize {
    let (sender, receiver) = bounded(1);
    let sending = thread::spawn(move || {
        // This node has seen much already, and the other one nothing.
        for count in 1_000_000..1_000_000 + messages as u64 {
            sender.send(count).expect("it listens");
        }
    });
    let mut count = 0;
    let backwards = receiver
        .iter()
        .filter(|&sent| {
            count = sent.max(count) + 1;
            count <= sent
        })
        .count();
    sending.join().expect("the sender does not panic");
    backwards
}
// ANCHOR_END: clocks
