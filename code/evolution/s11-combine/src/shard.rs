//! A bounded cache in shards: many small maps, each behind a lock of its own.
//!
//! Which shard a key belongs to is decided by a hash, as a distributed store decides which node a key
//! lives on. It must not be the hash by which a shard's map finds its buckets: the keys of one shard
//! agree in what the first hash says, and would then share a small part of the buckets. So the two are
//! drawn apart, each with keys of its own, and a client is hashed twice.
//!
//! A shard that is full makes room by CLOCK, the *second chance* of Corbató's paging experiment for
//! Multics (1968). The entries stand in a circle. To be looked up marks an entry; a hand goes round,
//! takes marks away, and evicts the first entry that it finds without one. This keeps about what least
//! recently used would keep, and to find an entry moves nothing: it sets a bit.
//!
//! Left out: to change the number of shards (all entries would have to move), and to remove an entry.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::mem;

use crate::sync::{Arc, Mutex};

// ANCHOR: shard
/// A map from byte strings to `T` that forgets, for many threads.
#[derive(Debug)]
pub struct Sharded<T> {
    shards: Box<[Padded<Mutex<Shard<T>>>]>,
    hasher: RandomState,
}

/// Alone in its cache lines: two locks in one line would be as slow as one, because cores own and pass
/// on whole lines. They have 64 bytes, or 128 on some processors, and others fetch them in pairs.
#[derive(Debug)]
#[repr(align(128))]
struct Padded<T>(T);

/// One part of the map, with the entries of its keys only.
#[derive(Debug)]
pub struct Shard<T> {
    /// Where in the circle a key's entry stands.
    places: HashMap<Arc<[u8]>, usize>,
    circle: Vec<Entry<T>>,
    /// The place in the circle that is looked at next when room is needed.
    hand: usize,
    /// How many entries the circle holds; at least one.
    entries_max: usize,
}

#[derive(Debug)]
struct Entry<T> {
    key: Arc<[u8]>,
    value: T,
    /// Whether it was looked up since the hand last came by.
    was_used: bool,
}

impl<T> Sharded<T> {
    /// So many shards, at least one, with room for so many entries in all, divided equally.
    pub fn new(shards: usize, entries_max: usize) -> Sharded<T> {
        let shards = shards.clamp(1, entries_max.max(1));
        let empty = || Shard {
            places: HashMap::new(),
            circle: Vec::new(),
            hand: 0,
            entries_max: (entries_max / shards).max(1),
        };
        Sharded {
            shards: (0..shards).map(|_| Padded(Mutex::new(empty()))).collect(),
            hasher: RandomState::new(),
        }
    }

    /// The shard that a key belongs to. What is read and written under one lock is one change; between
    /// two locks another thread may come.
    pub fn shard(&self, key: &[u8]) -> &Mutex<Shard<T>> {
        let hash = self.hasher.hash_one(key);
        // Below the number of shards, which fits.
        let number = (hash % self.shards.len() as u64) as usize;
        &self.shards[number].0
    }

    /// All shards, in no order that means anything.
    pub fn shards(&self) -> impl Iterator<Item = &Mutex<Shard<T>>> {
        self.shards.iter().map(|shard| &shard.0)
    }
}

impl<T> Shard<T> {
    /// What was put under the key, if it is still here.
    pub fn get(&mut self, key: &[u8]) -> Option<&T> {
        let entry = &mut self.circle[*self.places.get(key)?];
        entry.was_used = true;
        Some(&entry.value)
    }

    /// Puts a value under a key, in place of the key's old one, or of another's if there is no room.
    pub fn insert(&mut self, key: &[u8], value: T) {
        if let Some(&place) = self.places.get(key) {
            self.circle[place].value = value;
            return;
        }
        let key: Arc<[u8]> = key.into();
        let entry = Entry {
            key: Arc::clone(&key),
            value,
            was_used: false,
        };
        let place = if self.circle.len() < self.entries_max {
            self.circle.push(entry);
            self.circle.len() - 1
        } else {
            let place = self.give_way();
            let evicted = mem::replace(&mut self.circle[place], entry);
            self.places.remove(&evicted.key);
            place
        };
        self.places.insert(key, place);
    }

    /// The place of the entry to evict. The hand takes one mark away each step, and a lookup sets one at
    /// most: over time there are no more steps than lookups and insertions.
    fn give_way(&mut self) -> usize {
        loop {
            let place = self.hand;
            self.hand = (self.hand + 1) % self.circle.len();
            if !mem::take(&mut self.circle[place].was_used) {
                return place;
            }
        }
    }

    /// How many entries are here.
    pub fn entries(&self) -> usize {
        self.circle.len()
    }
}
// ANCHOR_END: shard
