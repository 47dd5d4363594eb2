//! The server on the wire, spoken to by hand.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;

use super::within;
use crate::directory::{Config, Fault, Server, Table};

fn server(delay: Duration, fault: Option<Fault>) -> Server {
    Server::start(Config {
        delay,
        fault,
        ..Config::default()
    })
    .unwrap()
}

fn connect(server: &Server) -> BufReader<TcpStream> {
    BufReader::new(TcpStream::connect(server.address()).unwrap())
}

fn send(connection: &mut BufReader<TcpStream>, bytes: &[u8]) {
    connection.get_mut().write_all(bytes).unwrap();
}

fn line(connection: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    connection.read_line(&mut line).unwrap();
    line
}

#[test]
fn a_session_by_hand() {
    within(30, || {
        for delay_ms in [0, 2] {
            let server = server(Duration::from_millis(delay_ms), None);
            let mut connection = connect(&server);
            let session = [
                ("17.0.0.1\n", "17.0.0.1 Apple Computer Inc.\n"),
                ("get 17.0.0.1\r\n", "17.0.0.1 Apple Computer Inc.\n"),
                ("get table\n", "table unknown\n"),
                ("2001:db8::1\n", "2001:db8::1 unknown\n"),
                (
                    "range 17.0.0.1\n",
                    "17.0.0.1 17.0.0.0 17.255.255.255 Apple Computer Inc.\n",
                ),
                ("range a.host\n", "a.host - - unknown\n"),
                ("bulk 19.0.0.1 x\n", "19.0.0.1 Ford Motor Company\n"),
                ("", "x unknown\n"),
                (
                    "\n",
                    "-ERR expected get KEY, range KEY, bulk KEY KEY ..., table, version, or a key alone\n",
                ),
                ("table\n", "table 1 256\n"),
            ];
            for (query, answer) in session {
                send(&mut connection, query.as_bytes());
                assert_eq!(line(&mut connection), answer, "{query}");
            }
            for _ in 0..256 {
                line(&mut connection);
            }
            // The last line without an end, then half a close: still answered, then closed.
            send(&mut connection, b"3.0.0.0");
            connection.get_mut().shutdown(Shutdown::Write).unwrap();
            let mut rest = String::new();
            connection.read_to_string(&mut rest).unwrap();
            assert_eq!(rest, "3.0.0.0 Administered by ARIN\n");
            assert_eq!((server.requests(), server.keys()), (10, 9));
        }
    });
}

#[test]
fn requests_on_one_connection_overlap() {
    // One after another these would take ten times the limit.
    within(20, || {
        let server = server(Duration::from_secs(1), None);
        let mut connection = connect(&server);
        let queries: Vec<_> = (0..200).map(|n| format!("get 17.0.0.{n}\n")).collect();
        send(&mut connection, queries.concat().as_bytes());
        for n in 0..200 {
            assert_eq!(
                line(&mut connection),
                format!("17.0.0.{n} Apple Computer Inc.\n")
            );
        }
    });
}

#[test]
fn a_late_answer_is_overtaken() {
    within(30, || {
        let server = server(Duration::ZERO, Some(Fault::Slow));
        let mut connection = connect(&server);
        let mut overtaken = 0;
        // On a machine that is very busy the next answer may come as late: several rounds.
        for _ in 0..5 {
            while server.requests() % 100 != 99 {
                send(&mut connection, b"get 19.0.0.1\n");
                line(&mut connection);
            }
            send(&mut connection, b"get 17.0.0.1\nget 17.0.0.2\n");
            overtaken += u32::from(line(&mut connection).starts_with("17.0.0.2 "));
            line(&mut connection);
        }
        assert!(overtaken > 0);
    });
}

#[test]
fn dropping_the_server_closes_everything() {
    within(30, || {
        for delay in [Duration::ZERO, Duration::from_secs(3600), Duration::MAX] {
            let server = server(delay, None);
            let address = server.address();
            let mut connections: Vec<_> = (0..20).map(|_| connect(&server)).collect();
            for connection in &mut connections {
                send(connection, b"17.0.0.1\nbulk a b c\n");
            }
            while server.requests() < 40 {
                std::thread::yield_now();
            }
            drop(server);
            for connection in &mut connections {
                let _ = connection.read_to_string(&mut String::new());
            }
            let refused = TcpStream::connect(address).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        }
    });
}

#[test]
fn a_taken_port_is_one_clear_sentence() {
    let first = server(Duration::ZERO, None);
    let port = first.address().port();
    let error = Server::start(Config {
        port,
        ..Config::default()
    })
    .unwrap_err()
    .to_string();
    assert!(
        error.starts_with(&format!("cannot listen on 127.0.0.1:{port}: ")),
        "{error}"
    );
}

#[test]
fn a_client_that_does_not_read_is_not_read_from() {
    const BYTES_MAX: usize = 64 * 1024 * 1024;
    within(60, || {
        for delay in [
            Duration::ZERO,
            Duration::from_micros(10),
            Duration::from_secs(3600),
        ] {
            let server = server(delay, None);
            let mut stream = TcpStream::connect(server.address()).unwrap();
            stream
                .set_write_timeout(Some(Duration::from_millis(300)))
                .unwrap();
            let query = [&b"bulk"[..], &b" 17.0.0.1".repeat(1000), b"\n"].concat();
            let mut sent = 0;
            while stream.write_all(&query).is_ok() {
                sent += query.len();
                assert!(sent < BYTES_MAX, "somebody keeps all this");
            }
        }
    });
}

#[test]
fn a_line_without_end_is_thrown_away() {
    within(30, || {
        let server = server(Duration::ZERO, None);
        let mut connection = connect(&server);
        for _ in 0..100 {
            send(&mut connection, &[b'x'; 100_000]);
        }
        assert_eq!(server.requests(), 0);
        send(&mut connection, b"\nget 17.0.0.1\n");
        assert!(line(&mut connection).starts_with("-ERR "));
        assert_eq!(line(&mut connection), "17.0.0.1 Apple Computer Inc.\n");
    });
}

#[test]
fn nothing_that_is_sent_breaks_it() {
    within(60, || {
        let table = Arc::new(Table::parse("t.csv", &b"1.0.0.0,1.0.0.9,One\n"[..]).unwrap());
        for delay_us in [0, 50] {
            let delay = Duration::from_micros(delay_us);
            let table = Arc::clone(&table);
            let server = Server::start(Config {
                delay,
                table,
                ..Config::default()
            })
            .unwrap();
            let words = prop_oneof![
                prop::collection::vec(any::<u8>(), 0..80),
                "(get |range |bulk |table|[\r\n ]|1.0.0.1|-|\u{0}|x{250,300}){0,20}"
                    .prop_map(String::into_bytes),
            ];
            proptest!(ProptestConfig::with_cases(100), |(bytes in words)| {
                let mut connection = connect(&server);
                send(&mut connection, &bytes);
                send(&mut connection, b"\nget 1.0.0.7\n");
                let mut answer = Vec::new();
                while answer != b"1.0.0.7 One\n" {
                    answer.clear();
                    prop_assert!(connection.read_until(b'\n', &mut answer).unwrap() > 0);
                }
            });
        }
    });
}
