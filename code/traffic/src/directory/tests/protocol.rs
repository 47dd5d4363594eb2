//! What the lines mean.

use proptest::prelude::*;

use crate::directory::limits::{BULK_KEYS_MAX, QUERY_BYTES_MAX};
use crate::directory::protocol::{self, Query};
use crate::directory::span;

#[test]
fn queries_are_understood() {
    let decode = |line: &'static str| protocol::decode_query(line.as_bytes());
    assert_eq!(decode("1.2.3.4"), Ok(Query::Get(b"1.2.3.4")));
    assert_eq!(decode("get 1.2.3.4"), Ok(Query::Get(b"1.2.3.4")));
    assert_eq!(decode("get table"), Ok(Query::Get(b"table")));
    assert_eq!(decode("get"), Ok(Query::Get(b"get")));
    assert_eq!(decode("range 1.2.3.4"), Ok(Query::Range(b"1.2.3.4")));
    assert_eq!(decode("range"), Ok(Query::Get(b"range")));
    assert_eq!(decode("table"), Ok(Query::Table));
    assert_eq!(decode("version"), Ok(Query::Version));
    assert_eq!(decode("get version"), Ok(Query::Get(b"version")));
    assert_eq!(decode("  table \r"), Ok(Query::Table));
    assert_eq!(decode("bulk a  b"), Ok(Query::Bulk(b"a  b")));
    for line in [
        "",
        "  ",
        "get -x",
        "get a b",
        "range -x",
        "range a b",
        "what is this",
        "bulk a \u{1}b",
        "-ERR",
        "é",
    ] {
        assert!(decode(line).is_err(), "{line}");
    }
    assert!(protocol::decode_query(&[b'x'; 256]).is_err());
    let many = format!("bulk{}", " k".repeat(BULK_KEYS_MAX + 1));
    assert_eq!(
        protocol::decode_query(many.as_bytes()),
        Err("more than 4096 keys")
    );
}

#[test]
fn answers_are_recognised() {
    let decode = |line: &'static [u8]| protocol::decode_answer(line, b"1.2.3.4");
    assert_eq!(
        decode(b"1.2.3.4 AT&T Bell Laboratories"),
        Some("AT&T Bell Laboratories")
    );
    let wrong: [&[u8]; 9] = [
        b"",
        b"1.2.3.4",
        b"1.2.3.4 ",
        b"1.2.3.40 B",
        b"1.2.3 B",
        b"-ERR what",
        b"1.2.3.4 \xff",
        b"1.2.3.4 B\x07",
        b" 1.2.3.4 B",
    ];
    for line in wrong {
        assert_eq!(decode(line), None, "{line:?}");
    }
    let long = [b"1.2.3.4 ", &[b'x'; 1025][..]].concat();
    assert_eq!(protocol::decode_answer(&long, b"1.2.3.4"), None);
}

#[test]
fn ranges_that_do_not_hold_for_the_key_are_not_believed() {
    let holder = |key: &'static str, line: &'static str| {
        span::decode(line.as_bytes(), key.as_bytes()).map(|(_, holder)| holder)
    };
    for (key, line) in [
        ("1.2.3.4", "1.2.3.4 1.0.0.0 1.255.255.255 - A name"),
        ("1.2.3.4", "1.2.3.4 1.2.3.4 1.2.3.4 - A name"),
        ("::ffff:1.2.3.4", "::ffff:1.2.3.4 1.0.0.0 1.2.3.4 - A name"),
        (
            "::1",
            "::1 :: ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255 - A name",
        ),
        ("a.host", "a.host - - - A name"),
        ("01.2.3.4", "01.2.3.4 - - - A name"),
    ] {
        assert_eq!(holder(key, line), Some("- A name"), "{line}");
    }
    for (key, line) in [
        ("1.2.3.4", "1.2.3.4 A"),
        ("1.2.3.4", "1.2.3.4 1.0.0.0 1.255.255.255"),
        ("1.2.3.4", "1.2.3.4 1.0.0.0 1.255.255.255 "),
        ("1.2.3.4", "1.2.3.5 1.0.0.0 1.255.255.255 A"),
        ("1.2.3.4", "1.2.3.4 1.0.0.0 1.2.3.3 A"),
        ("1.2.3.4", "1.2.3.4 1.2.3.5 1.255.255.255 A"),
        ("1.2.3.4", "1.2.3.4 1.255.255.255 1.0.0.0 A"),
        ("1.2.3.4", "1.2.3.4 - - A"),
        ("1.2.3.4", "1.2.3.4 1.0.0.0 - A"),
        ("1.2.3.4", "1.2.3.4 0.0.0.0 ::1 A"),
        ("1.2.3.4", "1.2.3.4 ::ffff:1.0.0.0 ::ffff:1.255.255.255 A"),
        ("1.2.3.4", "1.2.3.4  1.0.0.0 1.255.255.255 A"),
        ("::1", "::1 1.0.0.0 ff:: A"),
        ("::ffff:1.2.3.4", "::ffff:1.2.3.4 :: ffff:: A"),
        ("a.host", "a.host 1.0.0.0 1.255.255.255 A"),
        ("a.host", "a.host - A"),
        ("a.host", "-ERR - - what"),
    ] {
        assert_eq!(holder(key, line), None, "{line}");
    }
}

#[test]
fn heads_of_tables_are_recognised() {
    assert_eq!(protocol::decode_table_head(b"table 3 256"), Some((3, 256)));
    for line in [
        &b"table 3"[..],
        b"table x 1",
        b"table 1 -1",
        b"table 1 99999999999",
        b"\xff",
        b"",
    ] {
        assert_eq!(protocol::decode_table_head(line), None, "{line:?}");
    }
}

#[test]
fn versions_are_recognised() {
    assert_eq!(protocol::decode_version(b"version 7"), Some(7));
    for line in [
        &b"version"[..],
        b"version -1",
        b"version 7 8",
        b"table 7",
        b"\xff",
    ] {
        assert_eq!(protocol::decode_version(line), None, "{line:?}");
    }
}

fn key() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        "[0-9]{1,3}(\\.[0-9]{1,3}){3}".prop_map(String::into_bytes),
        prop::collection::vec(0x21..=0x7e_u8, 1..=255),
    ]
    .prop_filter("a key", |key| protocol::is_key(key))
}

proptest! {
    #[test]
    fn any_line_is_understood_or_refused(line in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = protocol::decode_query(&line);
        let _ = protocol::decode_answer(&line, &line[..line.len() / 2]);
        let _ = span::decode(&line, &line[..line.len() / 2]);
        let _ = protocol::decode_table_head(&line);
    }
}

proptest! {
    // Each case is long, so that some do not fit into one query.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_encoded_is_decoded(keys in prop::collection::vec(key(), 1..700), holder in "[^\\p{Cc}]{1,40}") {
        let mut line = Vec::new();
        protocol::encode_get(&keys[0], &mut line);
        prop_assert_eq!(protocol::decode_query(line.trim_ascii_end()), Ok(Query::Get(&keys[0])));

        protocol::encode_range(&keys[0], &mut line);
        prop_assert_eq!(protocol::decode_query(line.trim_ascii_end()), Ok(Query::Range(&keys[0])));

        let count = protocol::encode_bulk(keys.iter().map(Vec::as_slice), &mut line);
        prop_assert!(count > 0 && line.len() <= QUERY_BYTES_MAX + 1);
        let Ok(Query::Bulk(list)) = protocol::decode_query(&line) else { panic!("not a bulk query") };
        prop_assert!(protocol::keys(list).eq(keys[..count].iter().map(Vec::as_slice)));

        line.clear();
        protocol::encode_answer(&mut line, &keys[0], &holder).unwrap();
        prop_assert_eq!(line.pop(), Some(b'\n'));
        prop_assert_eq!(protocol::decode_answer(&line, &keys[0]), Some(&*holder));
    }
}
