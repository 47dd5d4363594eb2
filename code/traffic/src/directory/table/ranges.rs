//! Ranges of one address family, sorted and disjoint.

use std::ops::{Add, Not, Sub};

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
pub(super) struct Ranges<A>(Vec<Range<A>>);

impl<A: Copy + Ord> Ranges<A> {
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
        Ok(Ranges(ranges))
    }

    /// The number of the holder whose range covers the address.
    pub fn find(&self, address: A) -> Option<u32> {
        let after = self.0.partition_point(|range| range.first <= address);
        let range = &self.0[after.checked_sub(1)?];
        (address <= range.last).then_some(range.holder)
    }

    /// How far the answer for an address holds, first and last, and the number of its holder: the
    /// range that covers it, or the whole gap between two, which nobody holds.
    pub fn around(&self, address: A) -> (A, A, Option<u32>)
    where
        A: From<u8> + Not<Output = A> + Add<Output = A> + Sub<Output = A>,
    {
        let (zero, one) = (A::from(0), A::from(1));
        let (before, after) = self
            .0
            .split_at(self.0.partition_point(|range| range.first <= address));
        if let Some(range) = before.last().filter(|range| address <= range.last) {
            return (range.first, range.last, Some(range.holder));
        }
        // Nothing overflows: behind the one and in front of the other there is this address.
        let first = before.last().map_or(zero, |range| range.last + one);
        let last = after.first().map_or(!zero, |range| range.first - one);
        (first, last, None)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Range<A>> {
        self.0.iter()
    }
}
