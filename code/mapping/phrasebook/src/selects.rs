//! Waiting for the first of several things, for a while, or until told to stop.

use std::thread;
use std::time::Duration;

use crossbeam_channel::{after, bounded, never, select, tick};
use tokio::time;

use crate::wait::wait;

const SOON: Duration = Duration::from_millis(5);
const LATE: Duration = Duration::from_secs(60);

pub fn select() -> String {
    let (_words, words) = bounded::<&str>(1);
    let (count, numbers) = bounded(1);
    count.send(7).expect("there is room");
    // ANCHOR: select
    select! {
        recv(words) -> word => format!("the word {}", word.expect("it is open")),
        recv(numbers) -> number => format!("the number {}", number.expect("it is open")),
    }
    // ANCHOR_END: select
}

pub fn default() -> String {
    let (_sender, receiver) = bounded::<u32>(1);
    // ANCHOR: default
    select! {
        recv(receiver) -> number => format!("{number:?}"),
        default => "nothing there".to_owned(),
    }
    // ANCHOR_END: default
}

pub fn timeout() -> String {
    let (_sender, receiver) = bounded::<u32>(1);
    // ANCHOR: timeout
    select! {
        recv(receiver) -> number => format!("{number:?}"),
        recv(after(SOON)) -> _ => "too late".to_owned(),
    }
    // ANCHOR_END: timeout
}

pub fn ticker() -> String {
    // ANCHOR: ticker
    let ticker = tick(SOON);
    let mut beats = 0;
    for _ in ticker.iter().take(3) {
        beats += 1;
    }
    drop(ticker); // nothing to stop
    // ANCHOR_END: ticker
    format!("{beats} beats")
}

pub fn nil_channel() -> String {
    let sources = [vec![1, 2], vec![3]].map(|numbers| {
        let (sender, receiver) = bounded(2);
        numbers
            .into_iter()
            .for_each(|number| sender.send(number).expect("there is room"));
        receiver
    });
    // ANCHOR: nil-channel
    let [mut left, mut right] = sources;
    let (mut open, mut sum) = (2, 0);
    while open > 0 {
        select! {
            recv(left) -> number => match number {
                Ok(number) => sum += number,
                Err(_) => (left, open) = (never(), open - 1), // this arm is off
            },
            recv(right) -> number => match number {
                Ok(number) => sum += number,
                Err(_) => (right, open) = (never(), open - 1),
            },
        }
    }
    // ANCHOR_END: nil-channel
    sum.to_string()
}

pub fn cancellation() -> String {
    // ANCHOR: cancellation
    let (stop, stopped) = bounded::<()>(0);
    let worker = thread::spawn(move || {
        loop {
            select! {
                recv(stopped) -> _ => return "stopped",
                recv(after(SOON)) -> _ => {} // a piece of work
            }
        }
    });
    drop(stop); // all that wait for it are told
    let end = worker.join().expect("it did not panic");
    // ANCHOR_END: cancellation
    end.to_owned()
}

pub fn deadline() -> String {
    wait(async {
        // ANCHOR: deadline
        // What is not ready in time is dropped, and so is all that it waits for.
        match time::timeout(SOON, slow()).await {
            Ok(answer) => answer.to_owned(),
            Err(_) => "deadline exceeded".to_owned(),
        }
        // ANCHOR_END: deadline
    })
}

async fn slow() -> &'static str {
    time::sleep(LATE).await;
    "an answer"
}
