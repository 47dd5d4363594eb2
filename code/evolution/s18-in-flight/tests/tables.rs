//! The index of a table says of each address what the table says, whatever the table.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use s18_in_flight::columns::BATCH;
use s18_in_flight::stretches::Ranges;
use traffic::directory::{Config, Directory, Server, Table};
use traffic::generator::{Generator, Workload};
use traffic::{Hit, Input, Meter, Plan};

/// A table of these IPv4 ranges, each with its last address and the number of its holder.
fn table(ranges: impl IntoIterator<Item = (u32, u32, u32)>) -> Table {
    let row = |(first, last, holder)| {
        let (first, last) = (Ipv4Addr::from_bits(first), Ipv4Addr::from_bits(last));
        format!("{first},{last},holder {holder}\n")
    };
    let mut text: String = ranges.into_iter().map(row).collect();
    // A table has a row at least; this one has no IPv4 address.
    text.push_str("2001:db8::,2001:db8::ffff,six\n");
    Table::parse("a table", text.as_bytes()).expect("its ranges are disjoint")
}

/// Ranges between these bounds, each of which is the begin of a range or of a gap.
fn between(bounds: impl IntoIterator<Item = u32>) -> Vec<(u32, u32, u32)> {
    let bounds: Vec<u32> = bounds.into_iter().collect();
    let ends = bounds.iter().skip(1).map(|next| next - 1).chain([u32::MAX]);
    let ranges = bounds.iter().zip(ends).zip(0..);
    let ranges = ranges.filter(|(_, number)| number % 3 != 2);
    // Neighbours have one holder now and then.
    ranges
        .map(|((&first, last), number)| (first, last, number / 4 % 5))
        .collect()
}

/// Asks both for all addresses, in batches of each length.
fn check(table: &Table, addresses: &[u32]) {
    let ranges = Ranges::new(table);
    let mut found = [u32::MAX; BATCH];
    let mut rest = addresses;
    for len in (1..=BATCH).rev().cycle() {
        let (batch, behind) = rest.split_at(len.min(rest.len()));
        ranges.find(batch, &mut found[..batch.len()]);
        for (address, found) in batch.iter().zip(found) {
            let expected = table.number_v4(*address);
            assert_eq!(
                found as usize,
                expected,
                "{}",
                Ipv4Addr::from_bits(*address)
            );
        }
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
}

/// The addresses at which something changes, and both neighbours of each.
fn edges(bounds: impl IntoIterator<Item = u32>) -> Vec<u32> {
    let ends = [0, u32::MAX].into_iter().chain(bounds);
    ends.flat_map(|at| [at.wrapping_sub(1), at, at.wrapping_add(1)])
        .collect()
}

/// Where a range may begin: anywhere, and often at or beside the begin of a block.
fn bound() -> impl Strategy<Value = u32> {
    let beside = |at: u32| (-2..=2).prop_map(move |by| at.wrapping_add_signed(by));
    prop_oneof![
        any::<u32>(),
        any::<u16>().prop_flat_map(move |block| beside(u32::from(block) << 16)),
        any::<u8>().prop_flat_map(move |block| beside(u32::from(block) << 24)),
        // Many in one block.
        0x0a00_0000..0x0a00_0400_u32,
    ]
}

proptest! {
    #[test]
    fn any_table(bounds in prop::collection::btree_set(bound(), 0..300), more: [u32; 32]) {
        let table = table(between(bounds.iter().copied()));
        let mut addresses = edges(bounds);
        addresses.extend((0..=u32::from(u16::MAX)).step_by(251).map(|block| block << 16));
        addresses.extend(more);
        check(&table, &addresses);
    }
}

#[test]
fn tables_of_one_kind() {
    let blocks = || (0..=u32::from(u16::MAX)).map(|block| block << 16);
    let whole = [0];
    let ends = [0, 1, u32::MAX - 1, u32::MAX];
    let singles = 0x0101_ff00..0x0102_0100;
    let tables: [Vec<u32>; 5] = [
        Vec::new(),
        whole.to_vec(),
        ends.to_vec(),
        // Single addresses, across the border of two blocks.
        singles.collect(),
        blocks().collect(),
    ];
    for bounds in tables {
        let table = table(between(bounds.iter().copied()));
        check(
            &table,
            &edges(bounds.into_iter().chain(blocks().step_by(97))),
        );
    }
}

/// As many bounds, each at a random place of its part of the addresses.
fn scattered(number: u32, random: &mut ChaCha8Rng) -> Vec<u32> {
    let part = u32::MAX / number;
    (0..number)
        .map(|at| at * part + random.next_u32() % part)
        .collect()
}

#[test]
fn a_million_ranges() {
    let mut random = ChaCha8Rng::seed_from_u64(18);
    let bounds = scattered(1_500_000, &mut random);
    let table = table(between(bounds.iter().copied()));
    assert!(table.len() > 1_000_000);
    check(&table, &edges(bounds.iter().copied().step_by(31)));
}

#[test]
fn a_run_under_many_ranges() {
    let mut random = ChaCha8Rng::seed_from_u64(18);
    let table = Arc::new(table(between(scattered(60_000, &mut random))));
    let (mut log, mut expected) = (Vec::new(), BTreeMap::new());
    let mut generator = Generator::new(Workload::Wide, 18);
    for _ in 0..5_000 {
        let mut line = Vec::new();
        generator.next_line(&mut line);
        if let Ok(hit) = Hit::parse(line.trim_ascii_end()) {
            let route = String::from_utf8_lossy(hit.route).into_owned();
            let holder = table.lookup(hit.client).as_str().to_owned();
            *expected.entry((holder, route)).or_insert(0_u64) += 1;
        }
        log.append(&mut line);
    }
    let server = Server::start(Config {
        table,
        ..Config::default()
    });
    let server = server.expect("a server on loopback");
    let directory = Directory::at(server.address()).expect("an address");
    let input = Input::from_bytes(&[&log]).expect("a temporary file");
    for workers in [1, 3] {
        let plan = Plan {
            workers,
            ..Plan::default()
        };
        let report = s18_in_flight::run(&input, &directory, &plan, &Meter::new());
        let rows = report.expect("the log is readable").rows();
        let counted: BTreeMap<_, _> = (rows.into_iter())
            .map(|row| ((row.holder, row.route), row.hits))
            .collect();
        assert_eq!(counted, expected, "{workers} workers");
    }
}
