//! For how long a copy is good: for ever, for some time, until the authority says that it is not.
//!
//! The original changes now and then, popular keys more often than others. Time is the number of the
//! question. A copy that is given out although the original has another version by then is *stale*.

use std::collections::{HashMap, VecDeque};

use crate::zipf::{Dice, Zipf};

// ANCHOR: rule
/// How a cache gets rid of what is not true any more.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rule {
    /// After so many questions a copy is not used any more.
    pub time_to_live: Option<u64>,
    /// The writer that changes the original tells the cache.
    pub told: Option<Told>,
}

/// How well the cache is told of changes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    /// A message is under way for so many questions.
    pub late: u64,
    /// Of so many messages one does not arrive; with 0 all do.
    pub loses_one_in: u64,
}
// ANCHOR_END: rule

/// What became of the questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Answered from the cache.
    pub hits: u64,
    /// Of those, answered with what was not true any more.
    pub stale: u64,
}

// ANCHOR: play
/// Asks all questions of a cache that starts empty; the original of one key changes after each
/// `change_every` of them, at least one.
pub fn play(rule: Rule, zipf: &Zipf, questions: &[u32], change_every: u64) -> Outcome {
    let mut original = Original::new(zipf, rule.told);
    // Which version was fetched, and when.
    let mut copies: HashMap<u32, (u64, u64)> = HashMap::new();
    let mut outcome = Outcome::default();
    for (now, &key) in (0_u64..).zip(questions) {
        if now.is_multiple_of(change_every) {
            original.change(now);
        }
        for key in original.messages(now) {
            copies.remove(&key);
        }
        let version = original.version(key);
        match copies.get(&key) {
            Some(&(copy, since)) if rule.time_to_live.is_none_or(|live| now - since < live) => {
                outcome.hits += 1;
                outcome.stale += u64::from(copy != version);
            }
            _ => {
                copies.insert(key, (version, now));
            }
        }
    }
    outcome
}
// ANCHOR_END: play

/// The truth, and the messages about it that are under way.
struct Original<'z> {
    zipf: &'z Zipf,
    dice: Dice,
    told: Option<Told>,
    /// How often each key has changed.
    versions: HashMap<u32, u64>,
    /// When a message is due, and about which key.
    under_way: VecDeque<(u64, u32)>,
}

impl Original<'_> {
    fn new(zipf: &Zipf, told: Option<Told>) -> Original<'_> {
        Original {
            zipf,
            // Not the dice of the questions: what changes has nothing to do with who asks.
            dice: Dice::new(0xc0ffee),
            told,
            versions: HashMap::new(),
            under_way: VecDeque::new(),
        }
    }

    fn version(&self, key: u32) -> u64 {
        self.versions.get(&key).copied().unwrap_or(0)
    }

    /// Changes one key, and tells the cache if it is to be told.
    fn change(&mut self, now: u64) {
        let key = self.zipf.draw(&mut self.dice);
        *self.versions.entry(key).or_default() += 1;
        // Thrown in any case: under all rules the same keys change.
        let lot = self.dice.below(1 << 32);
        if let Some(Told { late, loses_one_in }) = self.told {
            let is_lost = loses_one_in > 0 && lot.is_multiple_of(loses_one_in);
            if !is_lost {
                self.under_way.push_back((now + late, key));
            }
        }
    }

    /// The keys of the messages that have arrived.
    fn messages(&mut self, now: u64) -> Vec<u32> {
        let arrived = self.under_way.iter().take_while(|(due, _)| *due <= now);
        let arrived = arrived.count();
        self.under_way
            .drain(..arrived)
            .map(|(_, key)| key)
            .collect()
    }
}
