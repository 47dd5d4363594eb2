//! What a table takes, what it refuses, and in which words.

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::Path;

use crate::directory::Table;
use crate::{Error, Holder};

fn table(text: &str) -> Table {
    Table::parse("t.csv", text.as_bytes()).unwrap()
}

fn error(text: &str) -> String {
    Table::parse("t.csv", text.as_bytes())
        .unwrap_err()
        .to_string()
}

fn holder(table: &Table, client: &str) -> String {
    table.lookup(client.as_bytes()).to_string()
}

#[test]
fn the_registry_is_built_in() {
    let table = Table::iana();
    assert_eq!((table.len(), table.version()), (256, 1));
    assert_eq!(holder(&table, "17.255.255.255"), "Apple Computer Inc.");
    assert_eq!(holder(&table, "::ffff:17.0.0.1"), "Apple Computer Inc.");
    for client in [
        "",
        "-",
        "a.host.example",
        "2001:db8::1",
        "17.0.0",
        "17.0.0.1 ",
        "017.0.0.1",
    ] {
        assert_eq!(holder(&table, client), "unknown", "{client}");
    }
    assert_eq!(table.lookup(&[0xff; 5000]), Holder::unknown());
    assert_eq!(
        table
            .lookup_addr(Ipv4Addr::new(17, 0, 0, 1).into())
            .as_str(),
        "Apple Computer Inc."
    );
}

#[test]
fn an_answer_holds_for_its_row_or_its_gap_or_its_name() {
    let table = table(
        "0.0.0.0,0.0.0.255,First\n2.0.0.0,2.0.0.255,A\n2.0.1.0,2.0.1.255,A\n2001:db8::,2001:db8::ff,Six",
    );
    let said = |client: &str| {
        let span = table.find_range(client.as_bytes());
        let ends =
            |range: std::ops::RangeInclusive<_>| format!("{} {}", range.start(), range.end());
        let range = span.range.map_or("- -".to_owned(), ends);
        format!("{range} {}", span.holder)
    };
    for (client, expected) in [
        ("0.0.0.0", "0.0.0.0 0.0.0.255 First"),
        ("0.0.1.0", "0.0.1.0 1.255.255.255 unknown"),
        ("2.0.0.255", "2.0.0.0 2.0.0.255 A"),
        ("2.0.1.7", "2.0.1.0 2.0.1.255 A"),
        ("::ffff:2.0.1.7", "2.0.1.0 2.0.1.255 A"),
        ("255.255.255.255", "2.0.2.0 255.255.255.255 unknown"),
        ("2001:DB8:0::7", "2001:db8:: 2001:db8::ff Six"),
        ("::", ":: 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff unknown"),
        (
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "2001:db8::100 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff unknown",
        ),
        ("a.host.example", "- - unknown"),
        ("02.0.0.1", "- - unknown"),
    ] {
        assert_eq!(said(client), expected, "{client}");
    }
}

#[test]
fn generous_about_form() {
    let text = "\u{feff}\"Start\",end,who\r\n\r\n\
        2.0.0.0 , 2.0.0.255,\"B, \"\"quoted\"\"\",x,y,z\r\n\
        2001:db8::,2001:db8::ffff,Six\r\n  \r\n\
        16777216,16777471,Numbers\r\n\
        ::ffff:3.0.0.0,::ffff:3.0.0.255,\"tab\there\"\r\n\
        9.9.9.9,9.9.9.9,\"two\r\nlines\"\r\n\
        1.0.1.0,1.0.1.0,   ";
    let table = table(text).with_version(7);
    assert_eq!((table.len(), table.version()), (6, 7));
    let expected = [
        ("2.0.0.7", "B, \"quoted\""),
        ("2001:DB8::7", "Six"),
        ("1.0.0.255", "Numbers"),
        ("3.0.0.1", "tab here"),
        ("::ffff:9.9.9.9", "two  lines"),
        ("1.0.1.0", "unknown"),
        ("2001:db8::1:0", "unknown"),
        ("1.0.0.0.", "unknown"),
    ];
    for (client, name) in expected {
        assert_eq!(holder(&table, client), name, "{client}");
    }
}

#[test]
fn no_header_and_extremes() {
    let table =
        table("0.0.0.0,255.255.255.255,all\n::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,all six");
    assert_eq!(holder(&table, "0.0.0.0"), "all");
    assert_eq!(holder(&table, "255.255.255.255"), "all");
    assert_eq!(holder(&table, "::"), "all six");
    assert_eq!(
        holder(&table, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        "all six"
    );
}

#[test]
fn strict_about_content_and_says_where() {
    let head = "first,last,holder\r\n1.0.0.0,1.0.0.255,A\r\n\r\n";
    let long = "x".repeat(1025);
    let wrong = [
        (
            "1.0.1.x,1.0.1.9,B",
            "line 4: `1.0.1.x` is not an IP address",
        ),
        (
            "2.0.0.9,2.0.0.1,B",
            "line 4: the range is reversed: 2.0.0.9 comes after 2.0.0.1",
        ),
        (
            "::9,::1,B",
            "line 4: the range is reversed: ::9 comes after ::1",
        ),
        (
            "2.0.0.1,2.0.0.2",
            "line 4: expected first,last,holder but found 2 columns",
        ),
        (
            "2.0.0.1;2.0.0.2;B",
            "line 4: expected first,last,holder but found 1 column",
        ),
        (
            "2.0.0.1,::1,B",
            "line 4: 2.0.0.1 and ::1 are not of the same address family",
        ),
        (",,", "t.csv"),
        (
            "4294967296,4294967297,B",
            "line 4: `4294967296` is not an IP address",
        ),
        ("first,last,holder", "line 4: `first` is not an IP address"),
        (
            "1.0.0.255,1.0.1.255,B",
            "line 4: the range overlaps that of line 2",
        ),
        (
            "0.0.0.0,9.9.9.9,B",
            "line 4: the range overlaps that of line 2",
        ),
        (
            "2.0.0.0,2.0.0.255,\"B\nC\"\n1.0.0.7,1.0.0.7,D",
            "line 6: the range overlaps that of line 2",
        ),
    ];
    for (row, problem) in wrong {
        for end in ["", "\n", "\r\n\r\n5.0.0.0,5.0.0.0,E\r\n"] {
            let text = format!("{head}{row}{end}");
            if row == ",," {
                assert!(
                    Table::parse("t.csv", text.as_bytes()).is_ok(),
                    "an empty row"
                );
            } else {
                let unix = text.replace("\r\n", "\n");
                assert_eq!(error(&unix), format!("t.csv, {problem}"), "{unix:?}");
                assert_eq!(error(&text), format!("t.csv, {problem}"), "{text:?}");
            }
        }
    }
    assert_eq!(
        error(&format!("1.1.1.1,1.1.1.1,{long}")),
        "t.csv, line 1: the holder's name is longer than 1024 bytes"
    );
    assert_eq!(
        error("1.1.1.1,x,y"),
        "t.csv, line 1: `x` is not an IP address"
    );
}

/// All that follows it would be part of one name, and be missed by nothing.
#[test]
fn a_quote_that_is_not_closed_is_an_error() {
    for end in ["", "\n", "\r\n", "\n10.0.0.0,19.0.0.0,C\n"] {
        let text = format!("1.0.0.0,1.0.0.9,A\n2.0.0.0,2.0.0.9,\"B{end}");
        assert_eq!(
            error(&text),
            "t.csv, line 2: a quote is not closed",
            "{text:?}"
        );
    }
}

#[test]
fn a_table_without_ranges_is_an_error() {
    for text in ["", "\n\n", "first,last,holder\n", "\u{feff}", "\u{0}\u{1}"] {
        assert_eq!(error(text), "t.csv holds no address ranges", "{text:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    let error = Table::read(Path::new("no-such-table.csv"))
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("cannot read no-such-table.csv: "),
        "{error}"
    );
    let error = Table::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_err();
    assert!(matches!(error, Error::Read { .. }), "{error}");
}

#[test]
fn half_a_million_ranges_load() {
    let mut text = String::new();
    for row in 0..500_000_u32 {
        let first = Ipv4Addr::from_bits(row * 8000);
        let last = Ipv4Addr::from_bits(row * 8000 + 7000);
        writeln!(text, "{first},{last},Country {}", row % 250).unwrap();
    }
    let table = table(&text);
    assert_eq!(table.len(), 500_000);
    let client = Ipv4Addr::from_bits(499_999 * 8000 + 7000);
    assert_eq!(table.lookup_addr(client.into()).as_str(), "Country 249");
    assert_eq!(
        table
            .lookup_addr(Ipv4Addr::from_bits(client.to_bits() + 1).into())
            .as_str(),
        "unknown"
    );
}

#[test]
fn far_from_all_ranges_nobody_holds_anything() {
    let table = table("2001:db8::,2001:db8::3,A\n2001:db8::7,2001:db8::9,B\n1.0.0.0,1.0.0.1,C");
    let far = u128::from(1_u64 << 32) << 32;
    for offset in 0..12_u128 {
        let near = (0x2001_0db8 << 96) + offset;
        let name = match offset {
            0..4 => "A",
            7..10 => "B",
            _ => "unknown",
        };
        let holder = |bits: u128| table.lookup_addr(Ipv6Addr::from_bits(bits).into());
        assert_eq!(holder(near).as_str(), name, "{offset}");
        for bits in [
            near + far,
            near - far,
            offset + (1 << 127),
            u128::MAX - offset,
        ] {
            assert_eq!(holder(bits).as_str(), "unknown");
        }
        let v4 = Ipv4Addr::from_bits(u32::MAX - offset as u32);
        assert_eq!(table.lookup_addr(v4.into()).as_str(), "unknown");
    }
}

#[test]
fn tabs_and_semicolons_stand_for_commas() {
    for separator in ["\t", ";"] {
        for header in ["", "first,last,holder\n"] {
            let rows = format!("{header}1.0.0.0,1.0.0.255,One\n\n2.0.0.0,2.0.0.255,Two\n");
            let table = table(&rows.replace(',', separator));
            assert_eq!(table.len(), 2);
            assert_eq!(holder(&table, "2.0.0.7"), "Two");
        }
    }
    // A holder may have what is not between the columns.
    let table = table("1.0.0.0,1.0.0.255,One;\tand; only;\tone\n");
    assert_eq!(holder(&table, "1.0.0.1"), "One; and; only; one");
}

#[test]
fn packed_tables_are_read_or_named() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv"); // the content tells, not the name
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(b"1.0.0.0,1.0.0.255,One\n").unwrap();
    let packed = encoder.finish().unwrap();
    std::fs::write(&path, &packed).unwrap();
    assert_eq!(holder(&Table::read(&path).unwrap(), "1.0.0.1"), "One");
    let sentence = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        Table::read(&path).unwrap_err().to_string()
    };
    // A report from half a table looks just like one from a whole table.
    let half = sentence(&packed[..packed.len() - 3]);
    assert!(half.ends_with("it ends too early"), "{half}");
    let zstd = sentence(b"\x28\xb5\x2f\xfd rest");
    assert!(
        zstd.contains("packed by zstd") && zstd.contains("| … /dev/stdin`"),
        "{zstd}"
    );
    let utf16: Vec<u8> = "\u{feff}1.0.0.0,1.0.0.255,One\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(sentence(&utf16).contains("it is UTF-16"));
}
