//! A table that changes while the server runs.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::within;
use crate::directory::{Config, Directory, Server, Table};

#[test]
fn a_replaced_table_is_answered_from_at_once() {
    within(30, || {
        let delay = Duration::from_micros(100);
        let server = Server::start(Config {
            delay,
            ..Config::default()
        })
        .unwrap();
        let directory = Directory::at(server.address()).unwrap();
        let mut connection = directory.connect();
        assert_eq!(connection.version(), Ok(1));
        let text = &b"1.0.0.0,1.0.0.9,One\n"[..];
        server.replace(Table::parse("t", text).unwrap().with_version(u64::MAX));
        assert_eq!(connection.version(), Ok(u64::MAX));
        assert_eq!(directory.version(), Ok(u64::MAX));
        assert_eq!(connection.lookup(b"1.0.0.7").unwrap().as_str(), "One");
        assert_eq!(connection.table().unwrap().version(), u64::MAX);
        assert_eq!(server.version_due(Instant::now()), None);
    });
}

#[test]
fn every_answer_is_from_one_version_and_versions_go_forward() {
    within(60, || {
        for delay_us in [0, 200] {
            let server = Server::start(Config {
                delay: Duration::from_micros(delay_us),
                changes: Some(Duration::from_millis(1)),
                ..Config::default()
            })
            .unwrap();
            let mut connection = Directory::at(server.address()).unwrap().connect();
            let mut last = 0;
            while last < 40 {
                let table = connection.table().unwrap();
                let version = table.version();
                let due = server.version_due(Instant::now()).unwrap();
                assert!((last..=due).contains(&version), "{last} {version} {due}");
                let mark = format!(" #{version}");
                let holders: HashSet<&str> = table.rows().map(|row| row.holder.as_str()).collect();
                assert!(holders.iter().all(|holder| holder.ends_with(&mark)));
                last = version;
                let next = connection.version().unwrap();
                assert!(next >= last);
                let clients: Vec<&[u8]> = vec![b"17.0.0.1", b"19.0.0.1", b"a.host.example"];
                let answers = connection.lookup_many(&clients);
                let name = |at: usize| answers[at].as_ref().unwrap().as_str();
                let mark = name(0).strip_prefix("Apple Computer Inc. #").unwrap();
                assert!(mark.parse::<u64>().unwrap() >= next);
                assert_eq!(name(1), format!("Ford Motor Company #{mark}"));
                assert_eq!(name(2), "unknown");
                last = mark.parse().unwrap();
            }
        }
    });
}

#[test]
fn a_client_that_does_not_read_keeps_the_next_version_from_nobody() {
    use std::io::Write;

    within(60, || {
        let server = Server::start(Config {
            delay: Duration::ZERO,
            ..Config::default()
        })
        .unwrap();
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            let silent = std::net::TcpStream::connect(server.address()).unwrap();
            silent
                .set_write_timeout(Some(Duration::from_millis(100)))
                .unwrap();
            // Until the server, too, cannot write any more.
            let mut out = &silent;
            while out.write_all(&b"table\n".repeat(1000)).is_ok() {}
            scope.spawn(|| {
                for version in 2..10 {
                    server.replace(Table::iana().with_version(version));
                }
                is_over.store(true, Ordering::Relaxed);
            });
            let mut other = Directory::at(server.address()).unwrap().connect();
            while !is_over.load(Ordering::Relaxed) {
                assert!(other.version().is_ok());
            }
            assert_eq!(other.version(), Ok(9));
        });
    });
}

#[test]
fn a_table_does_not_change_without_a_pause() {
    let config = Config {
        changes: Some(Duration::ZERO),
        ..Config::default()
    };
    assert!(Server::start(config).is_err());
}
