//! Words to count, the same in every run and in the twin.

/// All words there are, the frequent ones first.
pub const VOCABULARY: [&str; 12] = [
    "the", "network", "is", "a", "computer", "and", "node", "queue", "of", "cache", "lock", "shard",
];

/// An endless stream of words, from a seed. The generator is SplitMix64, by Sebastiano Vigna.
#[derive(Clone, Debug)]
pub struct Words {
    state: u64,
}

impl Words {
    /// The stream of this seed.
    pub fn new(seed: u64) -> Words {
        Words { state: seed }
    }

    fn draw(&mut self) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % VOCABULARY.len() as u64) as usize
    }
}

impl Iterator for Words {
    type Item = &'static str;

    /// The earlier of two words that are drawn: some are frequent, as in any text.
    fn next(&mut self) -> Option<&'static str> {
        let (one, other) = (self.draw(), self.draw());
        Some(VOCABULARY[one.min(other)])
    }
}
