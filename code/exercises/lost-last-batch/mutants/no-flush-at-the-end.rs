//! Items travel together: a gatherer makes batches of what comes, and lets them depart.

use std::mem::take;
use std::time::Duration;

use drill::channel::{Receiver, RecvTimeoutError};

/// How long the first item of a batch waits for others at most.
pub const LINGER: Duration = Duration::from_millis(1);

/// Gathers items into batches of `size`, in their order, and lets each of them depart.
///
/// A batch departs when it is full, and also when no item has come for a while: the sender may be waiting for what it has
/// sent to arrive.
pub fn gather(items: &Receiver<u32>, size: usize, mut depart: impl FnMut(Vec<u32>)) {
    let mut batch = Vec::new();
    loop {
        match items.recv_timeout(LINGER) {
            Ok(item) => batch.push(item),
            Err(RecvTimeoutError::Timeout) => {
                if !batch.is_empty() {
                    depart(take(&mut batch));
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if batch.len() == size {
            depart(take(&mut batch));
        }
    }
}
