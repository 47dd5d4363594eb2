//! A cache with a limit: when it is full, something has to go, and a policy says what.
//!
//! Three policies on one structure, a map and a queue. FIFO evicts what came first. LRU, *least recently
//! used*, moves an entry to the young end of the queue whenever it is used. SIEVE moves nothing: using an
//! entry marks it, and a hand that goes through the queue from old to young evicts the first without a
//! mark and takes the marks of the others (Zhang and others, NSDI 2024).
//!
//! The queue is an ordered map of places, so a change of place costs a logarithm. A linked list does it in
//! constant time; in Rust, one that gives up entries in its middle is a chapter of its own.

use std::collections::{BTreeMap, HashMap};
use std::mem;

/// What is evicted when there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Whatever came first.
    Fifo,
    /// Whatever was not used for the longest time.
    Lru,
    /// The oldest that was not used since the hand last came by.
    Sieve,
}

/// A map that forgets.
#[derive(Debug)]
pub struct Bounded<V> {
    policy: Policy,
    /// How many entries there may be; at least one.
    entries_max: usize,
    entries: HashMap<u32, Entry<V>>,
    /// The keys in their places, the oldest first.
    queue: BTreeMap<u64, u32>,
    /// The next place at the young end.
    place_next: u64,
    /// Where SIEVE's hand is; at the old end if nowhere.
    hand: Option<u64>,
}

#[derive(Debug)]
struct Entry<V> {
    value: V,
    place: u64,
    was_used: bool,
}

// ANCHOR: policy
impl<V> Bounded<V> {
    /// What is kept under a key, if it is.
    pub fn get(&mut self, key: u32) -> Option<&V> {
        let entry = self.entries.get_mut(&key)?;
        match self.policy {
            Policy::Fifo => {}
            Policy::Lru => {
                self.queue.remove(&entry.place);
                entry.place = self.place_next;
                self.queue.insert(self.place_next, key);
                self.place_next += 1;
            }
            Policy::Sieve => entry.was_used = true,
        }
        Some(&entry.value)
    }

    /// Makes room for one.
    fn evict(&mut self) {
        let place = match self.policy {
            Policy::Fifo | Policy::Lru => self.oldest(),
            Policy::Sieve => self.unused(),
        };
        let key = self.queue.remove(&place);
        self.entries
            .remove(&key.expect("somebody is in that place"));
    }

    /// Moves the hand until it finds an entry without a mark. It goes round at most once: on its way it
    /// takes the marks.
    fn unused(&mut self) -> u64 {
        let mut place = self.hand.unwrap_or_else(|| self.oldest());
        loop {
            let younger = self.queue.range(place + 1..).next();
            let younger = younger.map(|(&place, _)| place);
            let entry = self.entries.get_mut(&self.queue[&place]);
            let entry = entry.expect("what is in the queue is in the map");
            if !mem::take(&mut entry.was_used) {
                self.hand = younger;
                return place;
            }
            place = younger.unwrap_or_else(|| self.oldest());
        }
    }
}
// ANCHOR_END: policy

impl<V> Bounded<V> {
    /// An empty cache with room for so many entries, at least one.
    pub fn new(policy: Policy, entries_max: usize) -> Bounded<V> {
        Bounded {
            policy,
            entries_max: entries_max.max(1),
            entries: HashMap::new(),
            queue: BTreeMap::new(),
            place_next: 0,
            hand: None,
        }
    }

    /// Keeps a value under a key, in place of the key's old one, or of another's if there is no room. Only
    /// [`get`](Bounded::get) counts as a use.
    pub fn insert(&mut self, key: u32, value: V) {
        if let Some(entry) = self.entries.get_mut(&key) {
            entry.value = value;
            return;
        }
        if self.entries.len() == self.entries_max {
            self.evict();
        }
        let entry = Entry {
            value,
            place: self.place_next,
            was_used: false,
        };
        self.queue.insert(self.place_next, key);
        self.place_next += 1;
        self.entries.insert(key, entry);
    }

    /// How many entries are kept.
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    fn oldest(&self) -> u64 {
        let first = self.queue.first_key_value();
        *first.expect("a full cache is not empty").0
    }
}

/// How many of the questions a cache answers that starts empty.
pub fn hits(policy: Policy, entries_max: usize, questions: &[u32]) -> usize {
    let mut cache = Bounded::new(policy, entries_max);
    let is_hit = |key: &&u32| {
        let is_hit = cache.get(**key).is_some();
        if !is_hit {
            cache.insert(**key, ());
        }
        is_hit
    };
    questions.iter().filter(is_hit).count()
}
