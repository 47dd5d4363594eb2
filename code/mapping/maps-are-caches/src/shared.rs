//! One map, many threads: an owner who is asked, a lock that is taken, or many maps with a lock each.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Barrier, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};

/// A map that several threads use.
pub trait Shared: Sync {
    /// What is kept under a key.
    fn get(&self, key: u32) -> Option<u64>;
    /// Keeps a value under a key.
    fn put(&self, key: u32, value: u64);
}

// ANCHOR: owner
/// A map in a thread of its own. The others write letters to it.
#[derive(Debug)]
pub struct Owner(Sender<Letter>);

/// A letter, and where an answer is expected, the envelope for it.
#[derive(Debug)]
pub enum Letter {
    /// What is kept under this key?
    Get(u32, Sender<Option<u64>>),
    /// Keep this.
    Put(u32, u64),
}

impl Owner {
    /// Starts the owner, which ends when its last address is gone.
    pub fn start() -> Owner {
        let (mailbox, letters) = bounded(64);
        thread::spawn(move || {
            let mut map = HashMap::new();
            for letter in letters {
                match letter {
                    Letter::Get(key, envelope) => {
                        // The asker may have stopped waiting.
                        let _ = envelope.send(map.get(&key).copied());
                    }
                    Letter::Put(key, value) => {
                        map.insert(key, value);
                    }
                }
            }
        });
        Owner(mailbox)
    }
}

impl Shared for Owner {
    fn get(&self, key: u32) -> Option<u64> {
        let (envelope, answer) = bounded(1);
        self.0.send(Letter::Get(key, envelope)).ok()?;
        answer.recv().ok()?
    }

    fn put(&self, key: u32, value: u64) {
        // Without an owner nothing is kept, and nothing is found: a cache may forget.
        let _ = self.0.send(Letter::Put(key, value));
    }
}
// ANCHOR_END: owner

// ANCHOR: lock
/// A map behind a lock.
#[derive(Debug, Default)]
pub struct Locked(Mutex<HashMap<u32, u64>>);

impl Shared for Locked {
    fn get(&self, key: u32) -> Option<u64> {
        let map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        map.get(&key).copied()
    }

    fn put(&self, key: u32, value: u64) {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        map.insert(key, value);
    }
}
// ANCHOR_END: lock

/// A map behind a lock that lets readers in together.
#[derive(Debug, Default)]
pub struct ReadersTogether(RwLock<HashMap<u32, u64>>);

impl Shared for ReadersTogether {
    fn get(&self, key: u32) -> Option<u64> {
        let map = self.0.read().unwrap_or_else(PoisonError::into_inner);
        map.get(&key).copied()
    }

    fn put(&self, key: u32, value: u64) {
        let mut map = self.0.write().unwrap_or_else(PoisonError::into_inner);
        map.insert(key, value);
    }
}

// ANCHOR: shards
/// Many maps with a lock each; a hash says which of them a key is in.
#[derive(Debug)]
pub struct Shards(Vec<Locked>);

impl Shards {
    /// So many of them, at least one.
    pub fn new(shards: usize) -> Shards {
        Shards((0..shards.max(1)).map(|_| Locked::default()).collect())
    }

    /// The upper bits of a product with 2^32 over the golden ratio (Fibonacci hashing, as Knuth has it).
    fn of(&self, key: u32) -> &Locked {
        let hash = u64::from(key.wrapping_mul(0x9e37_79b9));
        &self.0[((hash * self.0.len() as u64) >> 32) as usize]
    }
}

impl Shared for Shards {
    fn get(&self, key: u32) -> Option<u64> {
        self.of(key).get(key)
    }

    fn put(&self, key: u32, value: u64) {
        self.of(key).put(key, value);
    }
}
// ANCHOR_END: shards

/// Puts everything in that will be asked for.
pub fn warm(map: &dyn Shared, questions: &[u32]) {
    for &key in questions {
        map.put(key, u64::from(key) * 2);
    }
}

/// Has so many threads, at least one, ask the questions, each its part of them. How many of the answers
/// were right, and how long it took.
pub fn crowd(map: &dyn Shared, threads: usize, questions: &[u32]) -> (u64, Duration) {
    let (start, end) = (Barrier::new(threads + 1), Barrier::new(threads + 1));
    let right = AtomicU64::new(0);
    let took = thread::scope(|scope| {
        for number in 0..threads {
            let (start, end, right) = (&start, &end, &right);
            let mine = questions.iter().skip(number).step_by(threads);
            scope.spawn(move || {
                start.wait();
                let is_right = |key: &&u32| map.get(**key) == Some(u64::from(**key) * 2);
                let count = mine.filter(is_right).count();
                right.fetch_add(count as u64, Relaxed);
                end.wait();
            });
        }
        start.wait();
        let begin = Instant::now();
        end.wait();
        begin.elapsed()
    });
    (right.into_inner(), took)
}
