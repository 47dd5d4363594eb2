//! Ranges of one address family, sorted and disjoint, and an index into them.
//!
//! A table of millions of ranges is larger than any cache, and a binary search jumps through it. So the span
//! of the addresses is divided into equal *buckets*, about four for each range up to a limit, and it is
//! known where each begins: one look there, and the search is among the few ranges of one bucket. This is
//! the first of the two tables of Gupta, Lin and McKeown, *Routing Lookups in Hardware at Memory Access
//! Speeds* (INFOCOM 1998); the second would need memory for each address that is not alone in its bucket.

use std::ops::{Add, Not, Sub};

/// Enough for the index to bring a table of a million ranges down to a search among some ten, and few enough
/// to stay in the L2 cache.
const BUCKETS_MAX: usize = 1 << 16;

/// A number of 32 or 128 bits.
pub(super) trait Address: Copy + Ord {
    /// Which of the buckets, each of two to the power of `shift` addresses, has the address that is so far
    /// behind `first`, which must not be larger.
    fn bucket(self, first: Self, shift: u32) -> usize;

    /// Significant bits of the distance to a smaller address.
    fn distance_bits(self, smaller: Self) -> u32;
}

impl Address for u32 {
    fn bucket(self, first: u32, shift: u32) -> usize {
        ((self - first) >> shift) as usize
    }

    fn distance_bits(self, smaller: u32) -> u32 {
        u32::BITS - (self - smaller).leading_zeros()
    }
}

impl Address for u128 {
    fn bucket(self, first: u128, shift: u32) -> usize {
        usize::try_from((self - first) >> shift).unwrap_or(usize::MAX)
    }

    fn distance_bits(self, smaller: u128) -> u32 {
        u128::BITS - (self - smaller).leading_zeros()
    }
}

/// One range and the number of its holder.
#[derive(Clone, Debug)]
pub(super) struct Range<A> {
    pub first: A,
    /// Belongs to the range.
    pub last: A,
    pub holder: u32,
    /// Where it was read, for the message about an overlap.
    pub line: u32,
}

/// Two ranges share an address: the lines of both, the smaller first.
#[derive(Debug)]
pub(super) struct Overlap {
    pub earlier: u32,
    pub later: u32,
}

/// The ranges, by their first address.
#[derive(Clone, Debug)]
pub(super) struct Ranges<A> {
    ranges: Vec<Range<A>>,
    /// How many ranges start before each bucket, and before the end of the last one.
    starts: Vec<u32>,
    /// A bucket has two to the power of this addresses.
    shift: u32,
}

impl<A: Address> Ranges<A> {
    /// Sorts the ranges and checks that no two overlap.
    pub fn new(mut ranges: Vec<Range<A>>) -> Result<Ranges<A>, Overlap> {
        // Cheap for a file that is sorted already, as most are.
        ranges.sort_unstable_by_key(|range| (range.first, range.line));
        // If any two overlap, then so do two neighbours: whatever starts between a range and the
        // one it runs into starts inside it, too.
        for pair in ranges.windows(2) {
            if pair[1].first <= pair[0].last {
                let (a, b) = (pair[0].line, pair[1].line);
                return Err(Overlap {
                    earlier: a.min(b),
                    later: a.max(b),
                });
            }
        }
        let (starts, shift) = index(&ranges);
        Ok(Ranges {
            ranges,
            starts,
            shift,
        })
    }

    /// The number of the holder whose range covers the address.
    #[inline]
    pub fn find(&self, address: A) -> Option<u32> {
        let range = &self.ranges[self.started(address).checked_sub(1)?];
        (address <= range.last).then_some(range.holder)
    }

    /// How far the answer for an address holds, first and last, and the number of its holder: the
    /// range that covers it, or the whole gap between two, which has no holder.
    pub fn around(&self, address: A) -> (A, A, Option<u32>)
    where
        A: From<u8> + Not<Output = A> + Add<Output = A> + Sub<Output = A>,
    {
        let (zero, one) = (A::from(0), A::from(1));
        let (before, after) = self.ranges.split_at(self.started(address));
        if let Some(range) = before.last().filter(|range| address <= range.last) {
            return (range.first, range.last, Some(range.holder));
        }
        // Nothing overflows: behind the one and in front of the other there is this address.
        let first = before.last().map_or(zero, |range| range.last + one);
        let last = after.first().map_or(!zero, |range| range.first - one);
        (first, last, None)
    }

    /// How many ranges start at the address or before it.
    #[inline]
    fn started(&self, address: A) -> usize {
        let Some(first) = self.ranges.first().map(|range| range.first) else {
            return 0;
        };
        if address < first {
            return 0;
        }
        // Behind the start of the last range there is only that one to try.
        let bucket = address.bucket(first, self.shift).min(self.starts.len() - 2);
        let (from, to) = (
            self.starts[bucket] as usize,
            self.starts[bucket + 1] as usize,
        );
        from + self.ranges[from..to].partition_point(|range| range.first <= address)
    }

    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Range<A>> {
        self.ranges.iter()
    }
}

/// How many ranges start before each bucket and before the end of the last, and the buckets' size.
fn index<A: Address>(ranges: &[Range<A>]) -> (Vec<u32>, u32) {
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else {
        return (Vec::new(), 0);
    };
    let buckets = (4 * ranges.len()).next_power_of_two().min(BUCKETS_MAX);
    let shift = last
        .first
        .distance_bits(first.first)
        .saturating_sub(buckets.ilog2());
    let buckets = last.first.bucket(first.first, shift) + 1;
    let mut starts = vec![0; buckets + 1];
    for (number, range) in ranges.iter().enumerate() {
        let bucket = range.first.bucket(first.first, shift);
        // A file that can be read has fewer lines than this can count.
        starts[bucket + 1] = u32::try_from(number + 1).unwrap_or(u32::MAX);
    }
    for bucket in 1..starts.len() {
        starts[bucket] = starts[bucket].max(starts[bucket - 1]);
    }
    (starts, shift)
}
