//! The client against servers that are not ours.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use super::within;
use crate::directory::{Config, Directory, Policy, Server, Table};
use crate::{Answer, Holder, Unresolved};

/// Once the breaker is open it stays so for the whole test. The time is long, for a busy machine,
/// where a test does not wait for it to pass.
pub(super) const POLICY: Policy = Policy {
    timeout: Duration::from_secs(10),
    tries: 3,
    backoff: Duration::from_millis(1),
    cooling: Duration::from_secs(3600),
    cooling_max: Duration::from_secs(3600),
};

const IMPATIENT: Duration = Duration::from_millis(150);

/// A server that calls `each` with the number of a query (over all connections), the query and the
/// connection, and ends the connection when that says `false`.
pub(super) fn impostor(
    mut each: impl FnMut(usize, &str, &mut TcpStream) -> bool + Send + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut number = 0;
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let input = BufReader::new(stream.try_clone().unwrap());
            for query in input.lines() {
                let Ok(query) = query else { break };
                number += 1;
                if !each(number, &query, &mut stream) {
                    break;
                }
            }
        }
    });
    address
}

pub(super) fn directory(address: SocketAddr) -> Directory {
    Directory::with_policy(address, POLICY).unwrap()
}

fn impatient(address: SocketAddr, tries: u32) -> Directory {
    let policy = Policy {
        timeout: IMPATIENT,
        tries,
        ..POLICY
    };
    Directory::with_policy(address, policy).unwrap()
}

fn named(name: &str) -> Answer {
    Ok(Holder::new(name))
}

#[test]
fn what_is_no_answer_is_not_taken_for_one() {
    within(60, || {
        let endless = "1.2.3.4 B".repeat(1000);
        let lines = [
            "",
            "\n",
            "1.2.3.4\n",
            "1.2.3.4 \n",
            "1.2.3.5 B\n",
            "-ERR no\n",
            "1.2.3.4 B\x07\n",
            "1.2.3.4 B",
            "get 1.2.3.4\n",
            "\0\0\0\n",
            &endless,
        ];
        for line in lines {
            let text = line.to_owned();
            let address = impostor(move |_, _, out| {
                out.write_all(text.as_bytes()).unwrap();
                false
            });
            let directory = directory(address);
            assert_eq!(
                directory.connect().lookup(b"1.2.3.4"),
                Err(Unresolved),
                "{line:?}"
            );
            assert_eq!(
                directory.connect().lookup_many(&[b"1.2.3.4"]),
                [Err(Unresolved)]
            );
            assert_eq!(directory.stats().failures, 3, "{line:?}");
        }
    });
}

#[test]
fn a_range_that_is_none_is_not_believed() {
    within(60, || {
        for line in [
            "1.2.3.4 B\n",
            "1.2.3.4 - - B\n",
            "1.2.3.4 1.2.4.0 1.2.4.255 B\n",
            "1.2.3.4 1.255.255.255 1.0.0.0 B\n",
            "1.2.3.4 ::ffff:1.0.0.0 ::ffff:1.255.255.255 B\n",
            "1.2.3.5 1.0.0.0 1.255.255.255 B\n",
            "1.2.3.4 1.0.0.0 1.255.255.255 B",
            "-ERR no\n",
        ] {
            let address = impostor(move |_, query, out| {
                assert_eq!(query, "range 1.2.3.4");
                out.write_all(line.as_bytes()).unwrap();
                false
            });
            let directory = directory(address);
            let answer = directory.connect().lookup_range(b"1.2.3.4");
            assert_eq!(answer, Err(Unresolved), "{line:?}");
            assert_eq!(directory.stats().failures, 3, "{line:?}");
        }
    });
}

#[test]
fn a_range_is_what_the_table_says_and_names_are_shared() {
    within(30, || {
        let table = Table::iana();
        let server = Server::start(Config::default()).unwrap();
        let directory = Directory::at(server.address()).unwrap();
        let mut connection = directory.connect();
        let apple = connection.lookup(b"17.0.0.1").unwrap();
        let span = connection.lookup_range(b"17.0.0.2").unwrap();
        assert_eq!(span.holder.as_str().as_ptr(), apple.as_str().as_ptr());
        let long = [
            &[b'x'; 214][..],
            b".17.0.0.1.17.0.0.1.17.0.0.1.17.0.0.1.17.0",
        ]
        .concat();
        for client in [
            &b"17.0.0.2"[..],
            b"::ffff:3.4.5.6",
            b"2001:db8::1",
            b"table",
            &long,
        ] {
            assert_eq!(
                connection.lookup_range(client),
                Ok(table.find_range(client))
            );
        }
        let asked = directory.stats();
        let nothing = connection.lookup_range(b"not a key").unwrap();
        assert_eq!((nothing.range, nothing.holder), (None, Holder::unknown()));
        assert_eq!(directory.stats(), asked, "what is no key is never sent");
        assert_eq!((asked.keys, asked.failures), (7, 0));
    });
}

#[test]
fn a_dribble_does_not_extend_the_time() {
    within(30, || {
        let address = impostor(|_, _, out| {
            while out.write_all(b"1").is_ok() {
                thread::sleep(Duration::from_millis(20));
            }
            false
        });
        let directory = impatient(address, 3);
        assert_eq!(directory.connect().lookup(b"1.2.3.4"), Err(Unresolved));
        assert_eq!(directory.stats().failures, 3);
    });
}

#[test]
fn a_late_answer_is_not_taken_for_a_later_one() {
    within(30, || {
        // Answers the first query, after its client has given up, with the second's key, too.
        let address = impostor(|number, query, out| {
            if number == 1 {
                thread::sleep(2 * IMPATIENT);
                let _ = out.write_all(b"a Late\nb Late\n");
                return false;
            }
            out.write_all(format!("{} Right\n", &query[4..]).as_bytes())
                .is_ok()
        });
        // The impostor serves one connection at a time: the retry waits for the first to end.
        let directory = impatient(address, 20);
        let mut connection = directory.connect();
        assert_eq!(connection.lookup(b"a"), named("Right"));
        assert_eq!(connection.lookup(b"b"), named("Right"));
    });
}

#[test]
fn an_answer_too_many_costs_the_connection() {
    within(30, || {
        let address = impostor(|number, query, out| {
            let key = &query[4..];
            let extra = if number == 1 { "b Wrong\n" } else { "" };
            out.write_all(format!("{key} Right\n{extra}").as_bytes())
                .is_ok()
        });
        let directory = directory(address);
        let mut connection = directory.connect();
        assert_eq!(connection.lookup(b"a"), named("Right"));
        assert_eq!(connection.lookup(b"b"), named("Right"));
        assert_eq!(directory.stats().failures, 1);
    });
}

#[test]
fn answers_in_the_wrong_order_are_refused() {
    within(30, || {
        let address = impostor(|_, _, out| out.write_all(b"b B\na A\n").is_ok());
        let answers = directory(address).connect().lookup_many(&[b"a", b"b"]);
        assert_eq!(answers, [Err(Unresolved), Err(Unresolved)]);
    });
}

#[test]
fn what_half_an_answer_said_is_kept() {
    within(30, || {
        let address = impostor(|_, query, out| {
            let first = query.split(' ').nth(1).unwrap();
            out.write_all(format!("{first} Right\nx").as_bytes())
                .unwrap();
            false
        });
        let answers = directory(address)
            .connect()
            .lookup_many(&[b"a", b"b", b"c", b"d"]);
        assert_eq!(
            answers,
            [
                named("Right"),
                named("Right"),
                named("Right"),
                Err(Unresolved)
            ]
        );
    });
}

#[test]
fn large_bulks_are_split_and_names_shared() {
    within(60, || {
        let server = Server::start(Config::default()).unwrap();
        let directory = Directory::at(server.address()).unwrap();
        let mut connection = directory.connect();
        let keys: Vec<_> = (0..10_000)
            .map(|n| format!("17.0.{}.{}", n / 256, n % 256))
            .collect();
        let keys: Vec<_> = keys.iter().map(String::as_bytes).collect();
        let answers = connection.lookup_many(&keys);
        assert_eq!(answers.len(), 10_000);
        let apple = connection.lookup(b"17.0.0.1").unwrap();
        for answer in answers {
            let holder = answer.unwrap();
            assert_eq!(holder.as_str(), "Apple Computer Inc.");
            assert_eq!(holder.as_str().as_ptr(), apple.as_str().as_ptr());
        }
        assert_eq!((server.requests(), server.keys()), (4, 10_001));
        let long = [b'x'; 255];
        assert_eq!(
            connection.lookup_many(&[&long[..]; 1000]),
            vec![named("unknown"); 1000]
        );
        assert_eq!(connection.lookup_many(&[]), []);
    });
}

#[test]
fn what_is_no_key_is_never_sent() {
    within(30, || {
        let directory = directory("127.0.0.1:1".parse().unwrap());
        let mut connection = directory.connect();
        let long = [b'x'; 256];
        for client in [&b""[..], b"-", b"-ERR", b"a b", b"a\nb", b"\xff", &long] {
            assert_eq!(connection.lookup(client), named("unknown"));
        }
        assert_eq!(directory.stats(), Default::default());
    });
}

#[test]
fn an_address_that_is_none_is_one_clear_sentence() {
    let error = Directory::at("nowhere").unwrap_err().to_string();
    assert!(
        error.starts_with("no directory at \"nowhere\": "),
        "{error}"
    );
}
