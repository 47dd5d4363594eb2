//! The only source of chance: ChaCha8, seeded byte by byte so that no library default decides.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::Workload;

/// A stream of random numbers, the same on every machine.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of this workload and seed; no two workloads share one.
    pub fn new(workload: Workload, seed: u64) -> Dice {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..8 + workload.name().len()].copy_from_slice(workload.name().as_bytes());
        Dice(ChaCha8Rng::from_seed(key))
    }

    /// Any 64 bits.
    pub fn u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Any 32 bits.
    pub fn u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A number below `n`, by multiply and shift (Lemire, "Fast Random Integer Generation in an
    /// Interval", 2019) without his rejection: the bias, at most `n` in 2^32, is of no matter here.
    pub fn below(&mut self, n: u32) -> u32 {
        ((u64::from(self.u32()) * u64::from(n)) >> 32) as u32
    }

    /// Yes, once in `n`.
    pub fn once_in(&mut self, n: u32) -> bool {
        self.below(n) == 0
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len() as u32) as usize]
    }

    /// 64 bits to be used a few at a time: one draw pays for all small choices of a line.
    pub fn bits(&mut self) -> Bits {
        Bits(self.u64())
    }
}

/// Random bits, used from the lowest up.
pub struct Bits(u64);

impl Bits {
    /// The next `count` bits as a number. A line's choices together need at most 64.
    pub fn take(&mut self, count: u32) -> u32 {
        let taken = self.0 & ((1 << count) - 1);
        self.0 >>= count;
        taken as u32
    }
}

/// Scatters a number: for facts that belong to a route or a client for good, like a page's size.
///
/// The finaliser of MurmurHash3 (Appleby), a bijection on 32 bits.
pub fn mix(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x85eb_ca6b);
    x ^= x >> 13;
    x = x.wrapping_mul(0xc2b2_ae35);
    x ^ (x >> 16)
}
