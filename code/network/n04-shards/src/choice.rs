//! Which replica of a shard is asked.
//!
//! The power of two choices: to look at two replicas that were chosen by chance, and to take the one with less to
//! do, is nearly as good as to look at all of them (M. Mitzenmacher, *The Power of Two Choices in Randomized Load
//! Balancing*, 2001), and does not send all callers to the same one at once.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// How a replica is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// By chance.
    Random,
    /// The one of two with less to do.
    Two,
}

// ANCHOR: choice
impl Choice {
    /// One of so many replicas, of which at least one must be there; what each has to do is told.
    pub fn among(self, replicas: usize, dice: &Dice, load: impl Fn(usize) -> usize) -> usize {
        let first = dice.below(replicas);
        match self {
            Choice::Two if replicas > 1 => {
                let second = (first + 1 + dice.below(replicas - 1)) % replicas;
                if load(second) < load(first) {
                    second
                } else {
                    first
                }
            }
            Choice::Random | Choice::Two => first,
        }
    }
}
// ANCHOR_END: choice

/// Dice that fall the same way in each run: splitmix64 (Steele, Lea, Flood; OOPSLA 2014).
#[derive(Debug, Default)]
pub struct Dice(AtomicU64);

impl Dice {
    /// A number below the end, which is at least 1.
    pub fn below(&self, end: usize) -> usize {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut bits = self.0.fetch_add(STEP, Relaxed).wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        // The high bits times the end: below it, and no worse spread than they are.
        ((u128::from(bits) * end as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The longest queue after so many questions over eight replicas, none of which is ever answered.
    fn longest(choice: Choice) -> usize {
        let (dice, mut load) = (Dice::default(), [0; 8]);
        for _ in 0..8_000 {
            let chosen = choice.among(load.len(), &dice, |replica| load[replica]);
            load[chosen] += 1;
        }
        load.into_iter().max().expect("eight")
    }

    #[test]
    fn two_choices_keep_queues_even() {
        let (random, two) = (longest(Choice::Random), longest(Choice::Two));
        assert!(two <= 1_004, "{two}");
        assert!(random > 1_020, "{random}");
    }

    #[test]
    fn the_two_are_never_one_and_the_idle_one_is_taken() {
        let dice = Dice::default();
        for _ in 0..100 {
            assert_eq!(Choice::Two.among(2, &dice, |replica| 1 - replica), 1);
            assert_eq!(Choice::Two.among(1, &dice, |_| 7), 0);
        }
    }
}
