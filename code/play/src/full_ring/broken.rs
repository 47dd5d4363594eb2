//! Two stages in a circle: what the checker is not content with goes back to the asker.

use crate::sync::{Receiver, Sender};

// ANCHOR: read
pub fn read(lines: u32, to_asker: Sender<u32>) {
    for _ in 0..lines {
        to_asker.send(0).unwrap();
    }
}
// ANCHOR_END: read

// ANCHOR: ask
pub fn ask(lines: Receiver<u32>, to_checker: Sender<u32>) {
    while let Ok(tries) = lines.recv() {
        to_checker.send(tries + 1).unwrap();
    }
}
// ANCHOR_END: ask

// ANCHOR: check
pub fn check(answers: Receiver<u32>, to_asker: Sender<u32>, mut left: u32) {
    while left > 0 {
        let tries = answers.recv().unwrap();
        match tries {
            1 => to_asker.send(tries).unwrap(),
            _ => left -= 1,
        }
    }
}
// ANCHOR_END: check
