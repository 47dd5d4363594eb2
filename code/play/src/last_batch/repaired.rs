//! Batches that leave when they are full, when a while has passed, or when no item will come any more.

use std::mem::take;

use crate::played::{LINGER, SIZE};
use crate::sync::{Receiver, RecvTimeoutError, Sender};

// ANCHOR: send
pub fn send(items: u32, items_in: Sender<u32>) {
    for item in 0..items {
        items_in.send(item).unwrap();
    }
    drop(items_in);
}
// ANCHOR_END: send

// ANCHOR: gather
pub fn gather(items: Receiver<u32>, mut depart: impl FnMut(Vec<u32>)) {
    let mut batch = Vec::new();
    loop {
        match items.recv_timeout(LINGER) {
            Ok(item) => batch.push(item),
            Err(RecvTimeoutError::Timeout) => depart(take(&mut batch)),
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if batch.len() == SIZE {
            depart(take(&mut batch));
        }
    }
    depart(batch);
}
// ANCHOR_END: gather
