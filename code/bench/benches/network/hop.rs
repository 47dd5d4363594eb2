//! What is handed over, and its time: batches of items, each with memory of its own, as a stage would have made them.

use std::time::{Duration, Instant};

use serde_bytes::ByteBuf;

/// Items that travel together.
pub const BATCH: usize = 64;

/// Messages that are under way at a time, where they are not sent one by one.
pub const UNDER_WAY: usize = 16;

/// Items that travel together. That they are bytes has to be said: serde would write each for itself.
pub type Message = Vec<ByteBuf>;

/// How much is to be exchanged.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Messages in all.
    pub messages: u64,
    /// Items in each.
    pub batch: usize,
    /// Bytes of each item, a multiple of eight.
    pub size: usize,
    /// Messages that may be without an answer at a time.
    pub under_way: usize,
}

impl Load {
    /// All messages, each made when it is wanted.
    pub fn make(self) -> impl Iterator<Item = Message> + Send {
        (0..self.messages).map(move |message| {
            let first = message * self.batch as u64;
            let items = (0..self.batch as u64).map(|item| self.item(first + item));
            items.collect()
        })
    }

    /// An item is its number, again and again.
    fn item(self, number: u64) -> ByteBuf {
        ByteBuf::from(number.to_le_bytes().repeat(self.size / 8))
    }

    /// What all answers come to.
    pub fn sum(self) -> u64 {
        let items = self.messages * self.batch as u64;
        (items * items.saturating_sub(1) / 2).wrapping_mul(self.size as u64 / 8)
    }
}

/// The answer to a message: the sum of all that its items hold, so that the neighbour has to look at each byte.
pub fn answer(items: &[impl AsRef<[u8]>]) -> u64 {
    let words = items
        .iter()
        .flat_map(|item| item.as_ref().as_chunks::<8>().0);
    words.fold(0, |sum, word| sum.wrapping_add(u64::from_le_bytes(*word)))
}

/// The time of something, beside what it came to.
pub fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let outcome = act();
    (outcome, start.elapsed())
}
