//! Who holds which addresses: sorted, disjoint ranges, found through an index by binary search.
//!
//! Millions of ranges have few holders, so a range carries the number of its holder, and names are
//! kept once.

mod address;
mod parse;
mod ranges;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::limits::HOLDER_BYTES_MAX;
use super::span::Span;
use crate::Holder;
pub use address::address;
use address::parse_ip;
use ranges::Ranges;

/// The registry of the IPv4 address space, as IANA publishes it.
const IANA: &[u8] = include_bytes!("../../data/ipv4-address-space.csv");

/// Address ranges and their holders.
#[derive(Debug)]
pub struct Table {
    version: u64,
    /// The last one is that of the addresses that the table does not cover.
    holders: Vec<Holder>,
    v4: Ranges<u32>,
    v6: Ranges<u128>,
}

/// One range of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The range's first address.
    pub first: IpAddr,
    /// The range's last address, which belongs to it.
    pub last: IpAddr,
    /// Who holds the range.
    pub holder: &'a Holder,
}

impl Table {
    /// The built-in table: the IANA IPv4 registry.
    pub fn iana() -> Table {
        Table::parse("ipv4-address-space.csv", IANA).expect("the built-in table is well formed")
    }

    /// The same table with another version number; a table that was read has version 1.
    pub fn with_version(mut self, version: u64) -> Table {
        self.version = version;
        self
    }

    /// The same ranges as another version, which all holders have behind their names: `X #7`.
    pub(super) fn renamed(&self, version: u64) -> Table {
        let mark = format!(" #{version}");
        let renamed = |holder: &Holder| match holder.as_str() {
            "unknown" => holder.clone(),
            name => {
                // What is longer than a holder may be would be no answer.
                let end = name.floor_char_boundary(HOLDER_BYTES_MAX - mark.len());
                Holder::new(&format!("{}{mark}", &name[..end]))
            }
        };
        Table {
            version,
            holders: self.holders.iter().map(renamed).collect(),
            v4: self.v4.clone(),
            v6: self.v6.clone(),
        }
    }

    /// The table's version, by which a client tells that its copy is old.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The number of ranges; never 0.
    #[expect(clippy::len_without_is_empty, reason = "no table is empty")]
    pub fn len(&self) -> usize {
        self.v4.len() + self.v6.len()
    }

    /// The holder of a client as it stands in a log; `unknown` if the table does not cover it.
    ///
    /// An IPv6 address that wraps an IPv4 one (`::ffff:1.2.3.4`) is looked up as that.
    pub fn lookup(&self, client: &[u8]) -> Holder {
        self.find(client).clone()
    }

    /// The holder of an address; `unknown` if the table does not cover it.
    pub fn lookup_addr(&self, address: IpAddr) -> Holder {
        self.holders[self.number_addr(address)].clone()
    }

    /// All ranges, IPv4 before IPv6, each family in the order of its addresses.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let v4 = self.v4.iter().map(|range| Row {
            first: Ipv4Addr::from_bits(range.first).into(),
            last: Ipv4Addr::from_bits(range.last).into(),
            holder: &self.holders[range.holder as usize],
        });
        let v6 = self.v6.iter().map(|range| Row {
            first: Ipv6Addr::from_bits(range.first).into(),
            last: Ipv6Addr::from_bits(range.last).into(),
            holder: &self.holders[range.holder as usize],
        });
        v4.chain(v6)
    }

    /// The number of a client's holder, for those who count by number and not by name.
    ///
    /// It is below [`Table::holders`], and another version of the table may give it to another holder.
    pub fn number(&self, client: &[u8]) -> usize {
        match parse_ip(client) {
            Some(address) => self.number_addr(address),
            None => self.unknown(),
        }
    }

    /// As [`Table::number`], of an IPv4 address that has been read already, the first octet highest.
    #[inline]
    pub fn number_v4(&self, address: u32) -> usize {
        let found = self.v4.find(address);
        found.map_or(self.unknown(), |holder| holder as usize)
    }

    /// All holders by their number, that of the clients which the table does not cover among them.
    pub fn holders(&self) -> &[Holder] {
        &self.holders
    }

    /// As [`Table::lookup`], without touching the name's reference count, which all the threads of
    /// a server would otherwise write to.
    pub(super) fn find(&self, client: &[u8]) -> &Holder {
        &self.holders[self.number(client)]
    }

    /// The holder of a client, and how far that answer holds.
    ///
    /// A range is a row of the table or a gap between two, and not the largest that could be given:
    /// neighbouring rows may have one holder.
    pub fn find_range(&self, client: &[u8]) -> Span {
        let Some(address) = address(client) else {
            return Span {
                range: None,
                holder: self.holders[self.unknown()].clone(),
            };
        };
        let (first, last, holder): (IpAddr, IpAddr, _) = match address {
            IpAddr::V4(v4) => {
                let (first, last, holder) = self.v4.around(v4.to_bits());
                let ends = (Ipv4Addr::from_bits(first), Ipv4Addr::from_bits(last));
                (ends.0.into(), ends.1.into(), holder)
            }
            IpAddr::V6(v6) => {
                let (first, last, holder) = self.v6.around(v6.to_bits());
                let ends = (Ipv6Addr::from_bits(first), Ipv6Addr::from_bits(last));
                (ends.0.into(), ends.1.into(), holder)
            }
        };
        let holder = holder.map_or(self.unknown(), |holder| holder as usize);
        Span {
            range: Some(first..=last),
            holder: self.holders[holder].clone(),
        }
    }

    /// The number of the holder of what the table does not cover.
    fn unknown(&self) -> usize {
        self.holders.len() - 1
    }

    fn number_addr(&self, address: IpAddr) -> usize {
        let found = match address.to_canonical() {
            IpAddr::V4(v4) => self.v4.find(v4.to_bits()),
            IpAddr::V6(v6) => self.v6.find(v6.to_bits()),
        };
        found.map_or(self.unknown(), |holder| holder as usize)
    }
}
