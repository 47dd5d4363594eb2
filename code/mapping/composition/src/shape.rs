//! The program around a count: a reader, a queue, and workers. It is written once.

use std::thread;

use crossbeam_channel::{Receiver, bounded};

use crate::counts::{Counted, Counts};
use crate::words::Words;

/// Words in a message.
const BATCH: usize = 64;

// ANCHOR: shape
/// Counts so many words with so many workers.
pub fn count(words: u64, workers: usize, counts: &dyn Counts) -> Counted {
    let (batch_in, batches) = bounded::<Vec<&'static str>>(16);
    thread::scope(|scope| {
        for _ in 0..workers {
            let batches = batches.clone();
            scope.spawn(move || work(&batches, counts));
        }
        // Ours is no more: if all workers end, the reader must hear of it.
        drop(batches);
        let mut source = Words::new(1).take(words as usize);
        loop {
            let batch: Vec<_> = source.by_ref().take(BATCH).collect();
            if batch.is_empty() || batch_in.send(batch).is_err() {
                break;
            }
        }
        // The end of the channel is the end of the work, and the end of the scope
        // waits for it.
        drop(batch_in);
    });
    counts.counted()
}

fn work(batches: &Receiver<Vec<&'static str>>, counts: &dyn Counts) {
    for batch in batches {
        batch.into_iter().for_each(|word| counts.add(word));
    }
}
// ANCHOR_END: shape
