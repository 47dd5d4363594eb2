//! A cache of answers and how far they hold.
//!
//! What it keeps of addresses has a limit that the directory sets: one entry for each range of its
//! table, and for each gap. Host names have no ranges, so for them the limit is ours: when it is
//! reached, all of them are forgotten. That is the crudest rule there is, and it needs no memory.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use traffic::Holder;
use traffic::directory::{Span, address};

/// Host names that are remembered at most: about a megabyte of them, if all are as long as can be.
pub const NAMES_MAX: usize = 4096;

/// No host name is longer. For clients that are, the connection has its answer without asking.
const NAME_BYTES_MAX: usize = 255;

// ANCHOR: spans
/// Answers by the range that they hold for, or by the name.
#[derive(Debug, Default)]
pub struct Spans {
    /// By the first address: the last one, and who holds them.
    ranges: BTreeMap<IpAddr, (IpAddr, Holder)>,
    names: HashMap<Vec<u8>, Holder>,
}

impl Spans {
    /// The answer that holds for a client, if there is one.
    pub fn get(&self, client: &[u8]) -> Option<&Holder> {
        let Some(address) = address(client) else {
            return self.names.get(client);
        };
        // Of all ranges that begin at or before the address, only the last can contain it.
        let (_, (last, holder)) = self.ranges.range(..=address).next_back()?;
        (address <= *last).then_some(holder)
    }

    /// Remembers what was answered for a client.
    pub fn insert(&mut self, client: &[u8], span: &Span) {
        let holder = span.holder.clone();
        if let Some(range) = &span.range {
            self.ranges.insert(*range.start(), (*range.end(), holder));
        } else if client.len() <= NAME_BYTES_MAX {
            if self.names.len() >= NAMES_MAX {
                self.names.clear();
            }
            self.names.insert(client.to_vec(), holder);
        }
    }
}
// ANCHOR_END: spans
