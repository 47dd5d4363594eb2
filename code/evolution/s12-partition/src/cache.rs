//! A bounded cache with one owner: a map that forgets, and no lock.
//!
//! It is one of the shards that the [cache](../../s10-shard/src/shard.rs) of the main line is made of,
//! without what is around it: the division and the locks. When it is full it makes room by CLOCK, the
//! *second chance* of Corbató's paging experiment for Multics (1968).

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

/// A map from byte strings to `T` that forgets.
#[derive(Debug)]
pub struct Cache<T> {
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

impl<T> Cache<T> {
    /// An empty cache with room for so many entries, at least one.
    pub fn new(entries_max: usize) -> Cache<T> {
        Cache {
            places: HashMap::new(),
            circle: Vec::new(),
            hand: 0,
            entries_max: entries_max.max(1),
        }
    }

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
