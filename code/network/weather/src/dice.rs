//! Chance that depends on a seed and a place, and on nothing that happened before.

use std::ops::RangeInclusive;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::spec::Direction;

/// What is decided for a whole connection; no direction has this number.
const CONNECTION: u64 = 2;

/// The dice of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    rng: ChaCha8Rng,
    connection: u64,
}

impl Dice {
    pub fn new(seed: u64, connection: u64) -> Dice {
        let rng = ChaCha8Rng::seed_from_u64(seed);
        Dice { rng, connection }
    }

    /// A number of bytes for the whole connection.
    pub fn bytes(&mut self, range: &RangeInclusive<u64>) -> u64 {
        let (first, last) = (*range.start(), *range.end());
        let bits = self.at(CONNECTION, 0);
        match (last - first).checked_add(1) {
            Some(choices) => first + bits % choices,
            None => bits,
        }
    }

    /// A time below `max`, for one cell of a stream.
    pub fn jitter(&mut self, direction: Direction, cell: u64, max: Duration) -> Duration {
        let nanos = u64::try_from(max.as_nanos()).unwrap_or(u64::MAX);
        match nanos {
            0 => Duration::ZERO,
            nanos => Duration::from_nanos(self.at(direction as u64, cell) % nanos),
        }
    }

    fn at(&mut self, purpose: u64, index: u64) -> u64 {
        // Three streams a connection, and in each two words a number.
        self.rng
            .set_stream(self.connection.wrapping_mul(3).wrapping_add(purpose));
        self.rng.set_word_pos(2 * u128::from(index));
        self.rng.next_u64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_place_give_the_same_number_in_any_order() {
        let jitter =
            |dice: &mut Dice, cell| dice.jitter(Direction::Up, cell, Duration::from_secs(1));
        let (mut one, mut other) = (Dice::new(7, 3), Dice::new(7, 3));
        let forwards: Vec<_> = (0..50).map(|cell| jitter(&mut one, cell)).collect();
        let mut backwards: Vec<_> = (0..50).rev().map(|cell| jitter(&mut other, cell)).collect();
        backwards.reverse();
        assert_eq!(forwards, backwards);
        let distinct: std::collections::HashSet<_> = forwards.iter().collect();
        assert_eq!(distinct.len(), 50);
    }

    #[test]
    fn seeds_connections_and_directions_differ() {
        let second = Duration::from_secs(1);
        let mut seen = std::collections::HashSet::new();
        for seed in 0..5 {
            for connection in 0..5 {
                let mut dice = Dice::new(seed, connection);
                for direction in [Direction::Up, Direction::Down] {
                    assert!(seen.insert(dice.jitter(direction, 0, second)));
                }
                assert!((10..=20).contains(&dice.bytes(&(10..=20))));
            }
        }
    }
}
