//! A table against a linear scan, and against any text at all.

use std::net::IpAddr;

use proptest::prelude::*;

use crate::Holder;
use crate::directory::{Table, protocol};

/// Disjoint ranges from gaps and lengths, shuffled, of either family.
fn ranges() -> impl Strategy<Value = Vec<(bool, u32, u32, String)>> {
    let name = prop_oneof!["[a-d]{1,2}", "[ -~]{0,9}", "\\PC{0,5}"];
    let part = (any::<bool>(), 1..900_u32, 0..900_u32, name);
    prop::collection::vec(part, 1..60)
        .prop_map(|parts| {
            let mut next = 0;
            let place = |(is_v6, gap, length, name)| {
                let first = next + gap;
                next = first + length;
                (is_v6, first, next, name)
            };
            parts.into_iter().map(place).collect::<Vec<_>>()
        })
        .prop_shuffle()
}

fn address(is_v6: bool, bits: u32) -> IpAddr {
    if is_v6 {
        IpAddr::V6(u128::from(bits).into())
    } else {
        IpAddr::V4(bits.into())
    }
}

fn to_csv(table: &Table) -> Vec<u8> {
    let mut csv = Vec::new();
    for row in table.rows() {
        protocol::encode_row(&mut csv, row).unwrap();
    }
    csv
}

proptest! {
    #[test]
    fn lookup_equals_a_linear_scan(ranges in ranges(), clients in prop::collection::vec((any::<bool>(), 0..60_000_u32), 50)) {
        let mut csv = csv::Writer::from_writer(Vec::new());
        for (is_v6, first, last, name) in &ranges {
            let (first, last) = (address(*is_v6, *first), address(*is_v6, *last));
            csv.write_record([first.to_string(), last.to_string(), name.clone()]).unwrap();
        }
        let table = Table::parse("t.csv", &*csv.into_inner().unwrap()).unwrap();
        let edges = ranges.iter().flat_map(|r| [(r.0, r.1), (r.0, r.1 - 1), (r.0, r.2), (r.0, r.2 + 1)]);
        for (is_v6, bits) in clients.into_iter().chain(edges) {
            let naive = ranges
                .iter()
                .find(|(v6, first, last, _)| *v6 == is_v6 && (*first..=*last).contains(&bits))
                .map_or("", |range| range.3.trim());
            let naive = if naive.is_empty() { "unknown" } else { naive };
            let client = address(is_v6, bits).to_string();
            prop_assert_eq!(table.lookup(client.as_bytes()), Holder::new(naive), "{}", client);
        }
        let again = Table::parse("again", &*to_csv(&table)).unwrap();
        prop_assert!(again.rows().eq(table.rows()), "a table survives being sent");
    }

    #[test]
    fn any_bytes_are_a_table_or_an_error(text in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Table::parse("t.csv", &*text);
    }

    #[test]
    fn almost_tables_are_tables_or_errors(text in "([0-9.:a-f]{0,9},|[\",\r\n \u{feff}]|1.1.1.1,|::1,){0,40}") {
        let _ = Table::parse("t.csv", text.as_bytes());
    }
}
