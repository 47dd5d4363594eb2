//! What is asked for: a few keys all the time, and most of them hardly ever.
//!
//! Key *i*, counted from 0, is drawn in proportion to 1 / (*i* + 1), which is Zipf's law. The weights are
//! integers, so that every machine and the twin in Go draw the same keys.

/// Random numbers: SplitMix64 (Steele, Lea, Flood; OOPSLA 2014). The same seed gives the same numbers.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below `n`, by multiplication and shift: its bias is of no matter here.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        ((u128::from(bits) * u128::from(n)) >> 64) as u64
    }
}

// ANCHOR: zipf
/// The popularity of so many keys.
#[derive(Clone, Debug)]
pub struct Zipf {
    /// For each key its weight and those of all before it.
    sums: Vec<u64>,
}

/// The weight of the most popular key.
const WEIGHT_MAX: u64 = 1 << 32;

impl Zipf {
    /// A distribution over the keys below `keys`, of which there is at least one.
    pub fn new(keys: u32) -> Zipf {
        let mut sums = Vec::new();
        let mut sum = 0;
        for rank in 1..=u64::from(keys) {
            sum += WEIGHT_MAX / rank;
            sums.push(sum);
        }
        Zipf { sums }
    }

    /// Draws a key.
    pub fn draw(&self, dice: &mut Dice) -> u32 {
        let point = dice.below(self.total());
        self.sums.partition_point(|&sum| sum <= point) as u32
    }
}
// ANCHOR_END: zipf

impl Zipf {
    /// Draws so many.
    pub fn questions(&self, count: usize, dice: &mut Dice) -> Vec<u32> {
        (0..count).map(|_| self.draw(dice)).collect()
    }

    /// The share of all questions that is for the most popular keys, so many of them: what a cache would
    /// answer that knew the popularities and kept these.
    pub fn share(&self, most_popular: usize) -> f64 {
        let covered = most_popular.min(self.sums.len()).checked_sub(1);
        covered.map_or(0.0, |last| self.sums[last] as f64 / self.total() as f64)
    }

    fn total(&self) -> u64 {
        *self.sums.last().expect("there is a key")
    }
}
