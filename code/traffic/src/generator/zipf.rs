//! Popularity: the item of rank r is drawn in proportion to 1 / (r + flatness).
//!
//! Flatness 0 is Zipf's law, which web requests follow closely (Breslau, Cao, Fan, Phillips,
//! Shenker, "Web Caching and Zipf-like Distributions", INFOCOM 1999); more is Mandelbrot's
//! generalisation, where the first ranks stand out less. The weights are integers, and so is the
//! sampling: the alias method (Walker 1977, in Vose's construction of 1991), which costs one
//! random number and one table entry a draw. A binary search in a table of sums would be as exact
//! and touch seventeen entries for 100,000 clients.

/// A distribution over the ranks `0..n`.
pub struct Zipf(Vec<Column>);

/// One of `n` equally likely columns: it holds its own rank up to the threshold, another above.
#[derive(Clone, Copy)]
struct Column {
    /// In 2^32nds of the column.
    threshold: u32,
    alias: u32,
}

/// The weight of a rank is this over rank and flatness, rounded down. Large enough that the
/// rounding is unseen at rank 100,000, small enough that no sum below leaves 64 bits.
const SCALE: u64 = 1 << 32;

impl Zipf {
    /// The distribution over `n` ranks, at least one, with this flatness.
    pub fn new(n: u32, flatness: u32) -> Zipf {
        let weights: Vec<u64> = (1..=n)
            .map(|rank| SCALE / (u64::from(rank) + u64::from(flatness)))
            .collect();
        let total: u64 = weights.iter().sum();
        // What each rank wants, in units where a column holds `total`.
        let mut wanted: Vec<u64> = weights.iter().map(|weight| weight * u64::from(n)).collect();
        let (mut small, mut large): (Vec<u32>, Vec<u32>) =
            (0..n).partition(|&rank| wanted[rank as usize] < total);
        // A rank that is in no pair below fills its own column.
        let mut columns: Vec<Column> = (0..n)
            .map(|rank| Column {
                threshold: u32::MAX,
                alias: rank,
            })
            .collect();
        while let (Some(poor), Some(rich)) = (small.pop(), large.pop()) {
            let share = (u128::from(wanted[poor as usize]) << 32) / u128::from(total);
            columns[poor as usize] = Column {
                threshold: share as u32,
                alias: rich,
            };
            wanted[rich as usize] -= total - wanted[poor as usize];
            if wanted[rich as usize] < total {
                small.push(rich);
            } else {
                large.push(rich);
            }
        }
        Zipf(columns)
    }

    /// The rank that these 64 random bits draw, counted from 0.
    pub fn rank(&self, random: u64) -> u32 {
        let column = ((random >> 32) * self.0.len() as u64) >> 32;
        let Column { threshold, alias } = self.0[column as usize];
        if (random as u32) < threshold {
            column as u32
        } else {
            alias
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of the 2^32 coins of every column each rank wins: the distribution itself, exactly.
    fn shares(zipf: &Zipf) -> Vec<u64> {
        let mut shares = vec![0; zipf.0.len()];
        for (rank, column) in zipf.0.iter().enumerate() {
            shares[rank] += u64::from(column.threshold);
            shares[column.alias as usize] += (1 << 32) - u64::from(column.threshold);
        }
        shares
    }

    #[test]
    fn every_rank_has_its_share() {
        for (n, flatness) in [(1, 0), (2, 0), (200, 0), (5_000, 600), (100_000, 0)] {
            let shares = shares(&Zipf::new(n, flatness));
            assert_eq!(shares.iter().sum::<u64>(), u64::from(n) << 32);
            for rank in 1..n {
                let expected = u128::from(shares[0]) * u128::from(1 + flatness)
                    / u128::from(1 + flatness + rank);
                let share = u128::from(shares[rank as usize]);
                assert!(
                    share.abs_diff(expected) <= expected / 1000 + u128::from(n),
                    "rank {rank} of {n}: {share}, not {expected}"
                );
            }
        }
    }
}
