//! A table that no cache holds.

use std::fmt::Write as _;
use std::net::Ipv4Addr;

use traffic::directory::Table;

/// As large as a vendor's table of the whole internet.
const RANGES: u32 = 1_000_000;

/// As few as the built-in table has, so that a report has no more rows under this one.
const HOLDERS: u32 = 24;

/// A million ranges over all addresses, of lengths that differ, with gaps between them; always the same.
pub fn million() -> Table {
    let part = u32::MAX / RANGES;
    let mut text = String::new();
    for number in 0..RANGES {
        // A step of Weyl's sequence: looks like chance, and needs no generator.
        let random = number.wrapping_mul(0x9e37_79b9);
        let first = number * part + (random >> 16) % (part / 2);
        let last = first + (random & 0xffff) % (part / 2);
        let (first, last) = (Ipv4Addr::from_bits(first), Ipv4Addr::from_bits(last));
        let holder = (random >> 8) % HOLDERS;
        writeln!(text, "{first},{last},holder {holder}").expect("memory takes all");
    }
    Table::parse("a million ranges", text.as_bytes()).expect("its ranges are disjoint")
}
