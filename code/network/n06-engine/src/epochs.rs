//! Epochs: the stretches of the log whose counts become final one after the other, and which worker reads what of each.
//!
//! An epoch is so many chunks of the log. Within it the chunks are dealt out to all workers in turn. So every
//! worker has a part of every epoch, and a slow stretch of the log is divided among all.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How the chunks of a log are divided among epochs and workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Epochs {
    /// How many chunks there are.
    pub chunks: u64,
    /// How many of them are an epoch; the last one may have fewer.
    pub chunks_each: u64,
}

impl Epochs {
    /// How many there are.
    pub fn number(self) -> u64 {
        self.chunks.div_ceil(self.chunks_each)
    }

    /// The chunks of one epoch that are one worker's, of so many workers.
    pub fn share(self, epoch: u64, worker: usize, workers: usize) -> impl Iterator<Item = u64> {
        let chunks = self.chunks_of(epoch);
        let (worker, workers) = (worker as u64, workers as u64);
        // Which worker is first changes with the epoch, or the first one would have one chunk more of each.
        let first = (worker + workers - epoch % workers) % workers;
        chunks.skip(in_memory(first)).step_by(in_memory(workers))
    }

    fn chunks_of(self, epoch: u64) -> Range<u64> {
        let begin = epoch * self.chunks_each;
        begin..(begin + self.chunks_each).min(self.chunks)
    }
}

fn in_memory(number: u64) -> usize {
    usize::try_from(number).expect("not more than there are workers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chunk_is_in_one_epoch_and_one_workers() {
        for (chunks, chunks_each, workers) in
            [(0, 4, 2), (1, 4, 3), (64, 4, 3), (65, 16, 7), (9, 1, 2)]
        {
            let epochs = Epochs {
                chunks,
                chunks_each,
            };
            let mut all = Vec::new();
            for epoch in 0..epochs.number() {
                let mut of_epoch: Vec<u64> = (0..workers)
                    .flat_map(|worker| epochs.share(epoch, worker, workers))
                    .collect();
                of_epoch.sort_unstable();
                all.extend(of_epoch);
            }
            assert_eq!(all, (0..chunks).collect::<Vec<_>>(), "{epochs:?}");
        }
    }

    #[test]
    fn no_worker_has_more_than_the_others_by_much() {
        let epochs = Epochs {
            chunks: 900,
            chunks_each: 3,
        };
        let share =
            |worker| (0..epochs.number()).flat_map(move |epoch| epochs.share(epoch, worker, 2));
        assert_eq!((share(0).count(), share(1).count()), (450, 450));
    }
}
