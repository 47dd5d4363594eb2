//! Who visits: a client's number, and the address that it has for good.
//!
//! The address is a permutation of the number, so that two clients never share one, no table of
//! addresses is kept, and a log in which every client is new needs no memory of the old ones.

use super::decimal;
use super::dice::{Dice, mix};

/// Addresses that clients can have: 128 blocks of 2^24. After so many clients they repeat.
pub const ADDRESSES: u32 = 1 << 31;
const MASK: u32 = ADDRESSES - 1;

/// The blocks (first octets) that clients live in: blocks of the five regional registries, about
/// as many of each as it has in the world, and ten of old single holders. With the holders of
/// blocks that a registry administers for others that makes twenty holders in the IANA table.
pub const MIXED: [u8; 128] = [
    // RIPE NCC
    2, 5, 31, 37, 46, 62, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 109, 176, 178,
    193, 212, // ARIN
    23, 24, 50, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 96, 98, 104, 107, 108, 173,
    174, 184, 208, // APNIC
    1, 14, 27, 36, 39, 42, 49, 58, 59, 60, 61, 101, 103, 106, 110, 111, 112, 113, 114, 115, 116,
    117, 180, 183, 202, 203, 210, 218, 223, // LACNIC
    177, 179, 181, 186, 187, 189, 190, 200, 201, // AFRINIC
    41, 102, 105, 197, // administered by ARIN
    3, 8, 13, 18, 20, 34, 35, 45, 47, 52, 54, 198,
    // administered by RIPE NCC, APNIC, LACNIC, AFRINIC
    25, 51, 141, 151, 188, 43, 133, 150, 163, 191, 154, 196, // single holders
    6, 12, 17, 19, 22, 33, 38, 53, 55, 214,
];

/// One block of each of those twenty holders, for a log that has to reach every pair of holder and
/// route: the mixture above would need a hundred times as many lines.
pub const EVEN: [u8; 20] = [
    2, 188, 23, 52, 1, 43, 177, 191, 41, 154, 6, 12, 17, 19, 22, 33, 38, 53, 55, 214,
];

/// The clients of a log.
pub struct Clients {
    /// The block of each value of the permutation's seven highest bits.
    blocks: [u8; 128],
    keys: [u32; 2],
}

impl Clients {
    /// Clients in these blocks, at most 128; the dice decide who lives where.
    pub fn new(blocks: &[u8], dice: &mut Dice) -> Clients {
        Clients {
            blocks: std::array::from_fn(|slot| blocks[slot * blocks.len() / 128]),
            keys: [dice.u32(), dice.u32()],
        }
    }

    /// The address of a client. Clients below [`ADDRESSES`] have different ones if the blocks are
    /// 128 different ones.
    pub fn address(&self, client: u32) -> u32 {
        // The steps of `mix` on 31 bits. Each can be undone (an addition, a product with an odd
        // number, an exclusive or with its own shift), so together they are a permutation.
        let mut x = client.wrapping_add(self.keys[0]) & MASK;
        x ^= x >> 16;
        x = x.wrapping_mul(0x85eb_ca6b) & MASK;
        x ^= x >> 17;
        x = x.wrapping_add(self.keys[1]) & MASK;
        x = x.wrapping_mul(0xc2b2_ae35) & MASK;
        x ^= x >> 16;
        u32::from_be_bytes([self.blocks[(x >> 24) as usize], 0, 0, 0]) | (x & 0xff_ffff)
    }

    /// Appends a client's address.
    pub fn push(&self, client: u32, out: &mut Vec<u8>) {
        let [first, rest @ ..] = self.address(client).to_be_bytes();
        decimal::push(u64::from(first), out);
        for octet in rest {
            out.push(b'.');
            decimal::push(u64::from(octet), out);
        }
    }

    /// A number that belongs to a client for good, to choose its browser by.
    pub fn trait_of(&self, client: u32) -> u32 {
        mix(client ^ self.keys[0])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::Workload;
    use super::*;

    /// The holder of each block in the built-in table.
    fn holders() -> BTreeMap<u8, &'static str> {
        include_str!("../../data/ipv4-address-space.csv")
            .lines()
            .skip(1)
            .map(|row| {
                let block = row.split('.').next().unwrap().parse().unwrap();
                let holder = row.splitn(3, ',').nth(2).unwrap();
                (block, holder.rsplit_once(',').unwrap().0)
            })
            .collect()
    }

    #[test]
    fn clients_live_in_the_blocks_of_twenty_holders() {
        let table = holders();
        let of = |blocks: &[u8]| -> BTreeSet<_> { blocks.iter().map(|b| table[b]).collect() };
        assert_eq!(MIXED.iter().collect::<BTreeSet<_>>().len(), 128);
        assert_eq!(of(&MIXED).len(), 20);
        assert_eq!(of(&MIXED), of(&EVEN));
        let reserved = ["IANA", "Multicast", "Future"];
        assert!(
            !of(&MIXED)
                .iter()
                .any(|h| reserved.iter().any(|r| h.starts_with(r)))
        );
    }

    #[test]
    fn no_two_clients_share_an_address() {
        let clients = Clients::new(&MIXED, &mut Dice::new(Workload::Cold, 7));
        // Neighbours, and clients far apart: a step that loses bits shows in either.
        let numbers = (0..50_000).chain((0..50_000).map(|i| 60_000 + i * 42_000));
        let addresses: BTreeSet<_> = numbers.map(|n| clients.address(n)).collect();
        assert_eq!(addresses.len(), 100_000);
    }
}
