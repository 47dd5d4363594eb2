//! The whole table over the wire.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use super::client::{POLICY, directory, impostor};
use super::within;
use crate::directory::{Config, Directory, Policy, Server, Table};

#[test]
fn a_table_arrives_whole_or_not_at_all() {
    within(120, || {
        let mut text = String::from("::,::9,\"Six, \"\"VI\"\"\"\n");
        for n in 0..60_000_u32 {
            let first = Ipv4Addr::from_bits(n * 256);
            writeln!(text, "{first},{first},Holder {}", n % 99).unwrap();
        }
        let table = Arc::new(Table::parse("t", text.as_bytes()).unwrap().with_version(42));
        let config = Config {
            table: Arc::clone(&table),
            ..Config::default()
        };
        let server = Server::start(config).unwrap();
        // Parsed without optimisation while other tests run: the patience of a whole minute.
        let policy = Policy {
            timeout: Duration::from_secs(60),
            ..POLICY
        };
        let received = Directory::with_policy(server.address(), policy)
            .unwrap()
            .table()
            .unwrap();
        assert_eq!(received.version(), 42);
        assert!(received.rows().eq(table.rows()));

        let row = "1.1.1.1,1.1.1.1,A\n";
        let wrong = [
            format!("table 1 2\n{row}"),
            format!("table 1 2\n{row}{row}"),
            format!("table 1 2\n{row}\n"),
            format!("table 1 1\n{}", "x".repeat(1_000_000)),
            format!("tables 1 1\n{row}"),
            "table 1 0\n".to_owned(),
        ];
        for text in wrong {
            let shown = text[..30.min(text.len())].to_owned();
            let address = impostor(move |_, _, out| {
                let _ = out.write_all(text.as_bytes());
                false
            });
            assert!(directory(address).table().is_err(), "{shown:?}");
        }
    });
}

#[test]
fn a_row_without_end_is_cut_off() {
    within(30, || {
        let address = impostor(|_, _, out| {
            let _ = out.write_all(b"table 1 1\n");
            while out.write_all(&[b'x'; 1000]).is_ok() {}
            false
        });
        // Not by the time.
        let policy = Policy {
            timeout: Duration::from_secs(3600),
            ..POLICY
        };
        assert!(
            Directory::with_policy(address, policy)
                .unwrap()
                .table()
                .is_err()
        );
    });
}
