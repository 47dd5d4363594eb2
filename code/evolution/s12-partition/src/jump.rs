//! Which worker owns a client: jump consistent hashing.
//!
//! After John Lamping and Eric Veach, [*A Fast, Minimal Memory, Consistent Hash
//! Algorithm*](https://arxiv.org/abs/1406.2294) (2014), whose five lines these are. All parts are alike
//! in size, and when there is one part more, only what belongs to the new part moves.
//!
//! Left out: weights, and to take away any part but the last. A ring of hashes can do both, and has to
//! be stored and searched for it.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

// ANCHOR: jump
/// The number of the part, below `parts`, that a key belongs to; there is at least one part.
///
/// The key wanders through all numbers of parts that there have been: with `n` parts it is in the part
/// to which it last moved, and it moves to part `n` with a chance of one in `n + 1`. Instead of tossing
/// a coin for each number, the loop draws the next number at which the key moves, and jumps there.
pub fn jump(mut key: u64, parts: usize) -> usize {
    let (mut part, mut next) = (0, 0);
    while next < parts {
        part = next;
        key = key.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
        // Uniform over (0, 1]: the upper 31 bits are the random ones of such a generator.
        let chance = ((key >> 33) + 1) as f64 / (1_u64 << 31) as f64;
        next = ((part + 1) as f64 / chance) as usize;
    }
    part
}

/// The worker that owns the client of a line, which is whatever is before the first space. A line that
/// has no space has no client either, and any worker may count it as malformed.
pub fn owner(line: &[u8], workers: usize) -> usize {
    let client = line.split(|&byte| byte == b' ').next().unwrap_or(line);
    // Without a seed: on a network every router must come to the same answer, and here every run.
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    jump(hasher.hash_one(client), workers)
}
// ANCHOR_END: jump
