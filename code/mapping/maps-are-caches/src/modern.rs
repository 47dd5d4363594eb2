//! A library's answer: moka, whose policy is TinyLFU (Einziger, Friedman, Manes; 2015).
//!
//! TinyLFU asks at the door. It remembers, in a sketch of a few bits a key, about how often each key was
//! asked for lately, also of those that it does not keep. When there is no room, a newcomer is let in only
//! if it was asked for more often than the one that would have to go.

use std::hash::{BuildHasherDefault, DefaultHasher};

use moka::sync::Cache;

/// A hasher without a secret, so that the same questions have the same fate in each run.
pub type Plain = BuildHasherDefault<DefaultHasher>;

/// A cache of this policy, which threads may share.
pub type Cached = Cache<u32, u64, Plain>;

/// An empty cache with room for so many entries.
pub fn cache(entries_max: usize) -> Cached {
    Cache::builder()
        .max_capacity(entries_max as u64)
        .build_with_hasher(Plain::default())
}

/// When the library puts its books in order, which means also: when it evicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Books {
    /// After each question: so there are never more entries than there is room for, as in our own caches.
    AtOnce,
    /// Later and many at a time, as it does by itself.
    InBatches,
}

/// How many of the questions it answers if it starts empty.
pub fn hits(entries_max: usize, questions: &[u32], books: Books) -> usize {
    let cache = cache(entries_max);
    let is_hit = |&&key: &&u32| {
        let is_hit = cache.get(&key).is_some();
        if !is_hit {
            cache.insert(key, u64::from(key));
        }
        if books == Books::AtOnce {
            cache.run_pending_tasks();
        }
        is_hit
    };
    questions.iter().filter(is_hit).count()
}
