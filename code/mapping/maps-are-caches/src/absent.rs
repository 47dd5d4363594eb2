//! That there is no such thing is an answer, and dear like any other: the cache can keep it, too.

use std::collections::HashSet;

use crate::zipf::{Dice, Zipf};

/// Names of things that are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// A few misspelt ones, which come again and again.
    Few(u64),
    /// Each is new: a client tries what there is, or means harm.
    New,
}

/// What the questions led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How often the original was asked.
    pub asked: u64,
    /// How many entries the cache has at the end.
    pub entries: usize,
}

// ANCHOR: absent
/// Asks so many questions, one in ten of them for what is not there, of a cache that has no limit.
pub fn play(
    names: Names,
    keeps_absence: bool,
    zipf: &Zipf,
    mut dice: Dice,
    questions: u64,
) -> Outcome {
    let mut exists: HashSet<u32> = HashSet::new();
    let mut absent: HashSet<u64> = HashSet::new();
    let mut asked = 0;
    for number in 0..questions {
        if dice.below(10) > 0 {
            let is_new = exists.insert(zipf.draw(&mut dice));
            asked += u64::from(is_new);
            continue;
        }
        let name = match names {
            Names::Few(names) => dice.below(names),
            Names::New => number,
        };
        let is_new = !keeps_absence || absent.insert(name);
        asked += u64::from(is_new);
    }
    let entries = exists.len() + absent.len();
    Outcome { asked, entries }
}
// ANCHOR_END: absent
