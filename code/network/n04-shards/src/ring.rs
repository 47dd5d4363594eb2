//! Which shard a key belongs to, by consistent hashing: a shard that comes or goes moves its own keys only.
//!
//! After D. Karger and others, *Consistent Hashing and Random Trees* (STOC 1997). Each shard has many points on a
//! circle of hashes, and a key belongs to the next point behind its own hash. The jump of `s12-partition` needs no
//! circle, and can lose none but its last part; here any may go.
//!
//! The hash is a named one (FNV-1a, and the last step of splitmix64): callers of different builds have to agree.

/// Points of a shard. The shares of shards differ by about one part in the square root of it.
const POINTS: u64 = 512;

// ANCHOR: ring
/// A circle of points, each with the shard that it belongs to, in their order.
#[derive(Clone, Debug, Default)]
pub struct Ring(Vec<(u64, usize)>);

impl Ring {
    /// Adds a shard.
    pub fn add(&mut self, shard: usize) {
        let points = (0..POINTS).map(|point| {
            (
                hash(&[shard as u64, point].map(u64::to_le_bytes).concat()),
                shard,
            )
        });
        self.0.extend(points);
        self.0.sort_unstable();
    }

    /// Takes a shard away. Says whether it was there.
    pub fn remove(&mut self, shard: usize) -> bool {
        let before = self.0.len();
        self.0.retain(|&(_, of)| of != shard);
        self.0.len() < before
    }

    /// The shard of a key; none if there is no shard.
    pub fn owner(&self, key: &[u8]) -> Option<usize> {
        let hash = hash(key);
        let next = self.0.partition_point(|&(point, _)| point < hash);
        let (_, shard) = self.0.get(next).or(self.0.first())?;
        Some(*shard)
    }
}
// ANCHOR_END: ring

fn hash(key: &[u8]) -> u64 {
    let fnv = key.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // FNV leaves the high bits of short keys alike, and it is those that say where on the circle a key is.
    let mixed = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: u32 = 20_000;

    fn ring(shards: usize) -> Ring {
        let mut ring = Ring::default();
        (0..shards).for_each(|shard| ring.add(shard));
        ring
    }

    fn owners(ring: &Ring) -> Vec<usize> {
        let keys =
            (0..KEYS).map(|key| format!("10.{}.{}.{}", key >> 16, key >> 8 & 255, key & 255));
        keys.map(|key| ring.owner(key.as_bytes()).expect("a shard"))
            .collect()
    }

    #[test]
    fn a_shard_that_goes_moves_its_own_keys_and_one_that_returns_gets_them_back() {
        let whole = ring(4);
        let before = owners(&whole);
        let mut less = whole.clone();
        assert!(less.remove(2));
        for (&was, is) in before.iter().zip(owners(&less)) {
            assert!(if was == 2 { is != 2 } else { is == was }, "{was} {is}");
        }
        less.add(2);
        assert_eq!(owners(&less), before);
    }

    #[test]
    fn a_shard_that_comes_takes_its_share_and_nothing_else_moves() {
        let before = owners(&ring(4));
        let after = owners(&ring(5));
        let moved = before.iter().zip(&after).filter(|(was, is)| was != is);
        let moved: Vec<_> = moved.map(|(_, &is)| is).collect();
        assert!(moved.iter().all(|&is| is == 4), "to the new one only");
        let fair = KEYS as usize / 5;
        assert!(
            (fair * 3 / 4..fair * 5 / 4).contains(&moved.len()),
            "{}",
            moved.len()
        );
    }

    #[test]
    fn shares_are_nearly_fair() {
        let owners = owners(&ring(4));
        let fair = KEYS as usize / 4;
        for shard in 0..4 {
            let share = owners.iter().filter(|&&owner| owner == shard).count();
            assert!(
                (fair * 4 / 5..fair * 5 / 4).contains(&share),
                "{shard}: {share}"
            );
        }
    }

    #[test]
    fn an_empty_ring_has_no_owner() {
        assert_eq!(Ring::default().owner(b"a"), None);
        assert_eq!(ring(1).owner(b"a"), Some(0));
    }
}
