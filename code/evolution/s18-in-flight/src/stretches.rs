//! The table as a batch of lines asks it: an index by the upper bits of an address, and a search in step.
//!
//! A search for one address is a chain: each look decides where the next one goes, and whether it goes left or right
//! is a guess that is wrong half the time. The searches for many addresses do not depend on one another. So all of a
//! batch take one look each, then all take the next (*group prefetching*: Chen, Ailamaki, Gibbons and Mowry,
//! *Improving Hash Join Performance through Prefetching*, 2004), and a look moves a bound without a branch. Their
//! cache misses are under way together, as the requests of s06 were.
//!
//! There is no instruction of a prefetch in it: a load that nothing waits for yet does the same.

use traffic::directory::Table;

use crate::columns::BATCH;

/// A table is divided into so many blocks at most: by the upper 16 bits of an address.
const BLOCK_BITS_MAX: u32 = 16;

/// A small one into so many, which stay in the nearest cache.
const BLOCK_BITS_MIN: u32 = 8;

/// A copy of the directory's table, with the index of it: made once, where the copy is, and shared by all workers.
#[derive(Debug)]
pub struct Indexed {
    /// The copy.
    pub table: Table,
    /// Its IPv4 ranges.
    pub ranges: Ranges,
}

impl Indexed {
    /// Makes the index.
    pub fn new(table: Table) -> Indexed {
        Indexed {
            ranges: Ranges::new(&table),
            table,
        }
    }
}

/// The IPv4 addresses, all of them, as stretches that have one holder each: the ranges of a table and the gaps between
/// them.
#[derive(Debug)]
pub struct Ranges {
    /// Where the stretches begin, sorted; the first at 0.
    firsts: Vec<u32>,
    /// The numbers of their holders.
    holders: Vec<u32>,
    /// The number of the stretch that has the first address of each block; and the last one.
    blocks: Vec<u32>,
    /// A block has two to the power of this addresses.
    shift: u32,
}

impl Ranges {
    /// Those of a table.
    pub fn new(table: &Table) -> Ranges {
        let unknown = table.unknown() as u32;
        let (mut firsts, mut holders) = (Vec::new(), Vec::new());
        let mut add = |first: u32, holder: u32| {
            // Neighbours of one holder are one stretch.
            if holders.last() != Some(&holder) {
                firsts.push(first);
                holders.push(holder);
            }
        };
        // Where the next one begins; behind the last address there is none.
        let mut next = Some(0);
        for (first, last, holder) in table.ranges_v4() {
            if let Some(gap) = next.filter(|&next| next < first) {
                add(gap, unknown);
            }
            add(first, holder as u32);
            next = last.checked_add(1);
        }
        if let Some(gap) = next {
            add(gap, unknown);
        }
        let (blocks, shift) = blocks(&firsts);
        Ranges {
            firsts,
            holders,
            blocks,
            shift,
        }
    }

    // ANCHOR: find
    /// The numbers of the holders of as many addresses as there are, at most a batch.
    ///
    /// # Panics
    ///
    /// If there are more addresses than places for their holders, or than a batch has.
    #[inline(always)]
    pub fn find(&self, addresses: &[u32], found: &mut [u32]) {
        // The stretches in question are `lens` many from `found` on, and the first of them begins at or before the
        // address.
        let mut lens = [0; BATCH];
        let lens = &mut lens[..addresses.len()];
        let found = &mut found[..addresses.len()];
        let mut longest = 1;
        for ((address, found), len) in addresses.iter().zip(&mut *found).zip(&mut *lens) {
            let block = (address >> self.shift) as usize;
            *found = self.blocks[block];
            *len = self.blocks[block + 1] - *found + 1;
            longest = longest.max(*len);
        }
        // One look for each address, then the next one for each: no look waits for one of another address. An address
        // that has only one stretch left looks there again.
        while longest > 1 {
            for ((address, found), len) in addresses.iter().zip(&mut *found).zip(&mut *lens) {
                let half = *len / 2;
                let middle = *found + half;
                let is_behind = self.firsts[middle as usize] <= *address;
                *found = std::hint::select_unpredictable(is_behind, middle, *found);
                *len -= half;
            }
            longest -= longest / 2;
        }
        for found in found {
            *found = self.holders[*found as usize];
        }
    }
    // ANCHOR_END: find
}

/// For each block the stretch that has its first address, and the last stretch behind them all; and their size.
fn blocks(firsts: &[u32]) -> (Vec<u32>, u32) {
    // About four for each stretch, as the table has it.
    let bits = (4 * firsts.len()).ilog2();
    let bits = bits.clamp(BLOCK_BITS_MIN, BLOCK_BITS_MAX);
    let shift = u32::BITS - bits;
    let mut at = 0;
    let mut blocks: Vec<u32> = (0..1 << bits)
        .map(|block: u32| {
            while firsts
                .get(at + 1)
                .is_some_and(|&next| next <= block << shift)
            {
                at += 1;
            }
            at as u32
        })
        .collect();
    // No stretch is empty, and there are no more of them than addresses.
    blocks.push(firsts.len() as u32 - 1);
    (blocks, shift)
}
