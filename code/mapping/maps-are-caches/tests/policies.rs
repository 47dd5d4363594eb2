//! The policies against naive ones, in a plain list and written as one says them.

use maps_are_caches::bounded::{Bounded, Policy};
use proptest::prelude::*;

const POLICIES: [Policy; 3] = [Policy::Fifo, Policy::Lru, Policy::Sieve];

struct Naive {
    policy: Policy,
    entries_max: usize,
    /// Oldest first: key, value, and whether it was used.
    list: Vec<(u32, u32, bool)>,
    /// The key that SIEVE's hand points at.
    hand: Option<u32>,
}

impl Naive {
    fn get(&mut self, key: u32) -> Option<u32> {
        let at = self.list.iter().position(|entry| entry.0 == key)?;
        let value = self.list[at].1;
        match self.policy {
            Policy::Fifo => {}
            Policy::Lru => {
                let entry = self.list.remove(at);
                self.list.push(entry);
            }
            Policy::Sieve => self.list[at].2 = true,
        }
        Some(value)
    }

    fn insert(&mut self, key: u32, value: u32) {
        if let Some(entry) = self.list.iter_mut().find(|entry| entry.0 == key) {
            entry.1 = value;
            return;
        }
        if self.list.len() == self.entries_max {
            self.evict();
        }
        self.list.push((key, value, false));
    }

    fn evict(&mut self) {
        let mut at = 0;
        if self.policy == Policy::Sieve {
            let hand = self.hand;
            let of_hand = self.list.iter().position(|entry| Some(entry.0) == hand);
            at = of_hand.unwrap_or(0);
            while self.list[at].2 {
                self.list[at].2 = false;
                at = (at + 1) % self.list.len();
            }
            self.hand = self.list.get(at + 1).map(|entry| entry.0);
        }
        self.list.remove(at);
    }
}

/// What is done to a cache: a question about a key, or a value for it.
fn steps() -> impl Strategy<Value = Vec<(u32, Option<u32>)>> {
    // Keys that are popular as well as keys that are not.
    let key = prop_oneof![0_u32..4, 0_u32..30];
    prop::collection::vec((key, prop::option::of(any::<u32>())), 0..400)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn each_policy_equals_the_naive_one(entries_max in 1_usize..20, steps in steps()) {
        for policy in POLICIES {
            let mut cache = Bounded::new(policy, entries_max);
            let mut naive = Naive { policy, entries_max, list: Vec::new(), hand: None };
            for &(key, value) in &steps {
                match value {
                    Some(value) => {
                        cache.insert(key, value);
                        naive.insert(key, value);
                    }
                    None => prop_assert_eq!(cache.get(key).copied(), naive.get(key), "{:?}", policy),
                }
                prop_assert_eq!(cache.entries(), naive.list.len());
            }
            // What is left is the same, too.
            for key in 0..30 {
                prop_assert_eq!(cache.get(key).copied(), naive.get(key), "{:?}", policy);
            }
        }
    }
}

/// What is left in a cache with room for three, after questions whose answers were kept.
fn left(policy: Policy, questions: &[u32]) -> Vec<u32> {
    let mut cache = Bounded::new(policy, 3);
    for &key in questions {
        if cache.get(key).is_none() {
            cache.insert(key, ());
        }
    }
    (0..10).filter(|&key| cache.get(key).is_some()).collect()
}

#[test]
fn the_three_differ_in_what_they_keep() {
    // One is asked for again, the others are not.
    let questions = [1, 2, 3, 1, 4, 5];
    assert_eq!(left(Policy::Fifo, &questions), [3, 4, 5]);
    assert_eq!(left(Policy::Lru, &questions), [1, 4, 5]);
    assert_eq!(left(Policy::Sieve, &questions), [1, 4, 5]);
    // To LRU the first is as old as the others by now. SIEVE's hand is past it.
    let questions = [1, 2, 3, 1, 4, 5, 6];
    assert_eq!(left(Policy::Fifo, &questions), [4, 5, 6]);
    assert_eq!(left(Policy::Lru, &questions), [4, 5, 6]);
    assert_eq!(left(Policy::Sieve, &questions), [1, 5, 6]);
}

#[test]
fn there_is_room_for_one_at_least() {
    for policy in POLICIES {
        let mut cache = Bounded::new(policy, 0);
        cache.insert(1, 'a');
        cache.insert(2, 'b');
        assert_eq!(cache.get(1), None);
        assert_eq!(cache.get(2), Some(&'b'));
    }
}

#[test]
fn who_reads_everything_once_washes_out_lru_and_not_sieve() {
    let popular = 0..50;
    for (policy, wanted) in POLICIES.into_iter().zip([0, 0, 50]) {
        let mut cache = Bounded::new(policy, 100);
        // The popular ones are asked for twice, and then comes somebody who wants everything.
        for key in popular.clone().chain(popular.clone()).chain(50..10_000) {
            if cache.get(key).is_none() {
                cache.insert(key, ());
            }
        }
        let left = popular.clone().filter(|&key| cache.get(key).is_some());
        assert_eq!(left.count(), wanted, "{policy:?}");
    }
}
