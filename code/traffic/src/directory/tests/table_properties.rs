//! A table against a linear scan, and against any text at all.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use proptest::prelude::*;

use crate::Holder;
use crate::directory::{Table, protocol, span};

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

/// The neighbours outside a range, if the family has any more addresses there.
fn outside(range: &RangeInclusive<IpAddr>) -> Vec<IpAddr> {
    let beside = |address: &IpAddr, by: i128| match address {
        IpAddr::V4(v4) => {
            let bits = u32::try_from(i128::from(v4.to_bits()) + by).ok()?;
            Some(IpAddr::V4(bits.into()))
        }
        IpAddr::V6(v6) => {
            let bits = v6.to_bits().checked_add_signed(by)?;
            Some(IpAddr::V6(bits.into()))
        }
    };
    let neighbours = [beside(range.start(), -1), beside(range.end(), 1)];
    neighbours.into_iter().flatten().collect()
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
    fn an_answer_holds_as_far_as_it_says_and_no_farther(ranges in ranges(), clients in prop::collection::vec((any::<bool>(), any::<u32>(), 0..60_000_u32), 50)) {
        let mut csv = csv::Writer::from_writer(Vec::new());
        for (is_v6, first, last, name) in &ranges {
            let (first, last) = (address(*is_v6, *first), address(*is_v6, *last));
            csv.write_record([first.to_string(), last.to_string(), name.clone()]).unwrap();
        }
        let table = Table::parse("t.csv", &*csv.into_inner().unwrap()).unwrap();
        // Near the rows, and anywhere: a gap may be nearly the whole family.
        let clients = clients.into_iter().flat_map(|(v6, far, near)| [(v6, far), (v6, near)]);
        let edges = ranges.iter().flat_map(|r| [(r.0, r.1), (r.0, r.1 - 1), (r.0, r.2), (r.0, r.2 + 1)]);
        for (is_v6, bits) in clients.chain(edges).chain([(false, 0), (true, 0), (false, u32::MAX)]) {
            let client = address(is_v6, bits);
            let span = table.find_range(client.to_string().as_bytes());
            prop_assert_eq!(&span.holder, &table.lookup_addr(client), "{}", client);
            let range = span.range.clone().expect("an address has a range");
            prop_assert!(range.contains(&client) && range.start().is_ipv6() == is_v6 && range.end().is_ipv6() == is_v6);
            for end in [range.start(), range.end()] {
                prop_assert_eq!(&table.find_range(end.to_string().as_bytes()), &span, "{}", end);
            }
            for neighbour in outside(&range) {
                let other = table.find_range(neighbour.to_string().as_bytes());
                prop_assert!(!other.range.expect("an address has a range").contains(&client));
            }

            let mut line = Vec::new();
            let key = client.to_string();
            span::encode(&mut line, key.as_bytes(), &span).unwrap();
            let heard = span::decode(line.trim_ascii_end(), key.as_bytes());
            prop_assert_eq!(heard, Some((span.range, span.holder.as_str())), "it survives being sent");
        }
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
