//! Two stages in a circle in which one place always stays free.

use crate::sync::{Receiver, Sender};

// ANCHOR: read
pub fn read(lines: u32, to_asker: Sender<u32>, permits: Receiver<()>) {
    for _ in 0..lines {
        permits.recv().unwrap();
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
pub fn check(answers: Receiver<u32>, to_asker: Sender<u32>, permit: Sender<()>, mut left: u32) {
    while left > 0 {
        let tries = answers.recv().unwrap();
        match tries {
            1 => to_asker.send(tries).unwrap(),
            _ => {
                let _ = permit.send(());
                left -= 1;
            }
        }
    }
}
// ANCHOR_END: check
