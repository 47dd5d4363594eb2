//! Stages of tasks with channels between them.

use std::thread;

use crossbeam_channel::{Receiver, bounded};

pub fn pipeline() -> String {
    // ANCHOR: pipeline
    fn numbers(last: u32) -> Receiver<u32> {
        let (sender, receiver) = bounded(1);
        // When the receiver is gone, `send` fails, and the stage ends.
        thread::spawn(move || (1..=last).try_for_each(|number| sender.send(number)));
        receiver
    }
    fn squares(numbers: Receiver<u32>) -> Receiver<u32> {
        let (sender, receiver) = bounded(1);
        thread::spawn(move || {
            numbers
                .iter()
                .try_for_each(|number| sender.send(number * number))
        });
        receiver
    }
    let all: Vec<u32> = squares(numbers(5)).iter().collect();
    // ANCHOR_END: pipeline
    crate::values::listed(&all)
}

pub fn fan_out() -> String {
    // ANCHOR: fan-out
    let (sender, receiver) = bounded(1);
    let workers: Vec<_> = (0..3)
        .map(|_| {
            let mine: Receiver<u32> = receiver.clone(); // each value goes to one of them
            thread::spawn(move || mine.iter().count())
        })
        .collect();
    (1..=12).for_each(|number| sender.send(number).expect("a worker lives"));
    drop(sender);
    let counts = workers
        .into_iter()
        .map(|worker| worker.join().expect("it did not panic"));
    let all: usize = counts.sum();
    // ANCHOR_END: fan-out
    format!("{all} were taken")
}

pub fn fan_in() -> String {
    // ANCHOR: fan-in
    let (sender, merged) = bounded(1);
    for source in ["a", "b", "c"] {
        let sender = sender.clone();
        thread::spawn(move || sender.send(source));
    }
    drop(sender); // it closes when the last of the clones is gone
    let mut all: Vec<&str> = merged.iter().collect();
    // ANCHOR_END: fan-in
    all.sort_unstable();
    all.join(" ")
}
