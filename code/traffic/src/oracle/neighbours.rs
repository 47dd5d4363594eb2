//! A table and a log in which nothing is mixed up without being seen.
//!
//! In the built-in table all addresses of a block have one holder, and its blocks differ in the first number
//! only: whatever confuses an address with its neighbour would not be noticed. Here neighbours have different
//! holders, or none; and addresses, routes and holders differ in one place, which is the first letter, the last
//! one, or the length.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The longest route and the longest holder, in letters: longer than what fits a register, a cache line, and the
/// length that is stored in one byte.
const LETTERS_MAX: usize = 300;

/// Of the addresses in a row, this one of so many has no holder.
const GAP_EVERY: u8 = 5;

/// The table, as CSV, and the log.
#[derive(Debug)]
pub struct Neighbours {
    /// Rows of `first,last,holder`.
    pub table: String,
    /// Every client at least twice, far apart, and every route.
    pub log: Vec<u8>,
}

impl Neighbours {
    /// The same ones each time.
    pub fn new() -> Neighbours {
        let addresses = addresses();
        Neighbours {
            table: table(&addresses),
            log: log(&addresses),
        }
    }
}

impl Default for Neighbours {
    fn default() -> Neighbours {
        Neighbours::new()
    }
}

/// Single addresses, and whether they have a holder.
fn addresses() -> BTreeMap<IpAddr, bool> {
    let mut addresses = BTreeMap::new();
    for n in 0..=u8::MAX {
        let is_held = n % GAP_EVERY != 3;
        let wide = u16::from(n);
        let mut add = |address: IpAddr| addresses.insert(address, is_held);
        add(Ipv4Addr::new(203, 0, 113, n).into());
        add(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, wide).into());
        if n % 4 == 0 {
            add(Ipv4Addr::new(n, 0, 113, 7).into());
            add(Ipv4Addr::new(203, n, 113, 7).into());
            add(Ipv4Addr::new(203, 0, n, 7).into());
            add(Ipv6Addr::new(0x2000 + wide, 0xdb8, 0, 0, 0, 0, 0, 7).into());
            add(Ipv6Addr::new(0x2001, 0xdb8, 0, wide, 0, 0, 0, 7).into());
            add(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, wide, 0, 7).into());
            // Their last 32 bits are those of an IPv4 address, and they are not that.
            add(Ipv4Addr::new(203, 0, 113, n).to_ipv6_compatible().into());
        }
    }
    addresses.extend([
        (Ipv4Addr::UNSPECIFIED.into(), true),
        (Ipv4Addr::BROADCAST.into(), true),
        (Ipv6Addr::UNSPECIFIED.into(), true),
        (Ipv6Addr::from_bits(u128::MAX).into(), true),
    ]);
    addresses
}

/// A row for each address that is held, and ranges beside them.
fn table(addresses: &BTreeMap<IpAddr, bool>) -> String {
    let held = addresses.iter().filter(|(_, is_held)| **is_held);
    let mut table = String::from("first,last,holder\n");
    let mut holders = holders();
    let mut row = |first: &dyn std::fmt::Display, last: &dyn std::fmt::Display| {
        let holder = holders.next().expect("a name for each row");
        // Writing to memory does not fail.
        let _ = writeln!(table, "{first},{last},\"{}\"", holder.replace('"', "\"\""));
    };
    for (address, _) in held {
        row(address, address);
    }
    for [first, last] in RANGES {
        row(&first, &last);
    }
    table
}

/// Ranges that touch, a single address between two, and a gap.
const RANGES: [[&str; 2]; 6] = [
    ["198.51.100.0", "198.51.100.99"],
    ["198.51.100.100", "198.51.100.100"],
    ["198.51.100.101", "198.51.100.199"],
    ["198.51.100.210", "198.51.100.255"],
    ["2001:db8:ffff::", "2001:db8:ffff:0:ffff:ffff:ffff:ffff"],
    ["2001:db8:ffff:1::", "2001:db8:ffff:1::ffff"],
];

/// The ends of the ranges and their neighbours, and what is an address only at first sight.
const CLIENTS: [&str; 19] = [
    "198.51.99.255",
    "198.51.100.0",
    "198.51.100.99",
    "198.51.100.100",
    "198.51.100.101",
    "198.51.100.199",
    "198.51.100.200",
    "198.51.100.209",
    "198.51.100.210",
    "198.51.100.255",
    "198.51.101.0",
    "2001:db8:ffff::",
    "2001:db8:ffff::ffff:ffff:ffff:ffff",
    "2001:db8:ffff:1::",
    "2001:db8:ffff:1::1:0",
    "203.0.113.1a",
    "203.0.113.1.example",
    "203.0.113",
    "2001:db8::1::",
];

/// Names of which each is the beginning of a longer one; and those that differ in the first or last letter from
/// one of them, or in what stands around them.
fn holders() -> impl Iterator<Item = String> {
    let odd = [
        "unknow",
        "unknowns",
        "Unknown",
        "unresolve",
        "A, B",
        "A, \"B\"",
        "A",
    ];
    let odd = odd.map(str::to_owned).into_iter();
    odd.chain((1..=LETTERS_MAX).flat_map(|len| {
        let name = letters(len);
        [
            format!("{}~", letters(len - 1)),
            format!("!{}", &name[1..]),
            name,
        ]
    }))
}

fn routes() -> impl Iterator<Item = String> {
    (1..=LETTERS_MAX).flat_map(|len| {
        let route = letters(len);
        [
            format!("/{}~", letters(len - 1)),
            format!("/{}", route.to_uppercase()),
            format!("/!{}", &route[1..]),
            format!("/{route}/"),
            format!("/{route}"),
        ]
    })
}

fn letters(len: usize) -> String {
    ('a'..='z').cycle().take(len).collect()
}

/// Every client asks for a few routes, in one form or another, and two of them for all routes; then all of it again,
/// backwards.
fn log(addresses: &BTreeMap<IpAddr, bool>) -> Vec<u8> {
    let routes: Vec<String> = routes().collect();
    let mut lines = Vec::new();
    let mut line = |client: &str, route: &str| {
        let (status, bytes) = if lines.len() % 7 == 0 {
            (500, 1)
        } else {
            (200, 10)
        };
        let bytes = bytes + lines.len();
        lines.push(format!(
            "{client} - - [d] \"GET {route} HTTP/1.1\" {status} {bytes}\n"
        ));
    };
    let own = addresses
        .keys()
        .enumerate()
        .map(|(number, address)| match (number % 11, address) {
            (3, IpAddr::V4(v4)) => format!("{v4}:4711"),
            (4, IpAddr::V4(v4)) => format!("::ffff:{v4}"),
            (5, IpAddr::V4(v4)) => format!("{v4}, 203.0.113.1"),
            (3, IpAddr::V6(v6)) => format!("[{v6}]:4711"),
            (4, IpAddr::V6(v6)) => format!("{v6}%eth0"),
            (5, IpAddr::V6(v6)) => v6.to_string().to_uppercase(),
            (6, address) => format!("www.example {address}"),
            (_, address) => address.to_string(),
        });
    for (number, client) in own.chain(CLIENTS.map(str::to_owned)).enumerate() {
        for route in 0..=number % 3 {
            line(&client, &routes[(number + 5 * route) % routes.len()]);
        }
    }
    for route in &routes {
        line("203.0.113.1", route);
        line("203.0.113.10", route);
    }
    let again: Vec<String> = lines.iter().rev().cloned().collect();
    lines.extend(again);
    lines.concat().into_bytes()
}
