//! A ring: which shard a key belongs to, while shards come and go.

/// Points of a shard on the circle.
pub const POINTS: u64 = 256;

/// A number that is scattered over all 64 bits.
pub fn scatter(number: u64) -> u64 {
    let bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The points of all shards on the circle, in order, each with its shard.
#[derive(Clone, Debug, Default)]
pub struct Ring {
    points: Vec<(u64, u64)>,
}

impl Ring {
    /// Adds a shard by its number.
    pub fn add(&mut self, shard: u64) {
        let points = (0..1).map(|point| (scatter((shard << 32) | point), shard));
        self.points.extend(points);
        self.points.sort_unstable();
    }

    /// Takes a shard away.
    pub fn remove(&mut self, shard: u64) {
        self.points.retain(|&(_, of)| of != shard);
    }

    /// The shard of a key; there is at least one.
    pub fn owner(&self, key: u64) -> u64 {
        let place = scatter(key);
        let next = self.points.partition_point(|&(point, _)| point < place);
        let (_, shard) = self.points[next % self.points.len()];
        shard
    }
}
