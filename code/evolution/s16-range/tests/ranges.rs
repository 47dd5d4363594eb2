//! What ranges promise: one question a range, the same answers, and a memory with an end.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use s16_range::spans::{NAMES_MAX, Spans};
use traffic::directory::{Config, Directory, Policy, Server, Span, Table};
use traffic::generator::{Workload, write_log};
use traffic::{Hit, Holder, Input, Meter, Plan, Report};

fn run(log: &[u8], directory: &Directory) -> Report {
    let input = Input::from_bytes(&[log]).expect("a temporary file");
    s16_range::run(&input, directory, &Plan::default(), &Meter::new()).expect("readable")
}

fn line(client: &str) -> String {
    format!("{client} - - [] \"GET / HTTP/1.1\" 200 1\n")
}

/// Runs the step with a table, compares its rows with what the table says, and says how many keys it
/// asked for, and how many answers there are to ask for.
fn keys_asked(log: &[u8], table: Table) -> (u64, u64) {
    let table = Arc::new(table);
    let server = Server::start(Config {
        delay: Duration::ZERO,
        table: Arc::clone(&table),
        ..Config::default()
    })
    .expect("a server on loopback");
    let directory = Directory::at(server.address()).expect("an address");
    let report = run(log, &directory);
    let mut expected = Report::new();
    let mut answers = HashSet::new();
    let input = Input::from_bytes(&[log]).expect("a temporary file");
    for line in input.lines() {
        let line = line.expect("readable");
        let Ok(hit) = Hit::parse(&line.bytes) else {
            continue;
        };
        expected.count(&Ok(table.lookup(hit.client)), &hit);
        let range = table.find_range(hit.client).range;
        // A name's answer is its own.
        let name = range.is_none().then(|| hit.client.to_vec());
        answers.insert((range, name));
    }
    assert!(report.rows() == expected.rows(), "rows differ");
    (directory.stats().keys, answers.len() as u64)
}

#[test]
fn every_range_of_a_log_is_asked_for_once() {
    for workload in [Workload::Steady, Workload::Cold, Workload::Messy] {
        let mut log = Vec::new();
        write_log(workload, 1, 10_000, &mut log, &mut |_| true).expect("memory takes all");
        let (asked, answers) = keys_asked(&log, Table::iana());
        // A client that could be no address and no host name is not asked for.
        assert!(asked <= answers, "{workload}: {asked} of {answers}");
        if workload != Workload::Messy {
            assert_eq!(asked, answers, "{workload}");
            assert!(answers <= 256, "{workload}: {answers}");
        }
    }
}

#[test]
fn rows_gaps_families_and_spellings() {
    // Neighbours of one holder, rows of one address, gaps, and both families.
    let table = "1.0.0.0,1.0.0.9,A\n1.0.0.10,1.0.0.10,B\n1.0.0.11,1.0.0.99,A\n\
        1.0.1.0,1.0.1.0,C\n2001:db8::,2001:db8::f,D\n2001:db8::20,2001:db8::20,A\n";
    let mut log = String::new();
    // Backwards and forwards, so that ranges are met from either side.
    for part in (0..130).rev().chain(0..130) {
        log += &line(&format!("1.0.0.{part}"));
        log += &line(&format!("1.0.1.{}", part % 3));
        log += &line(&format!("2001:db8::{part:x}"));
        log += &line(&format!("2001:DB8:0::{part:X}"));
        log += &line(&format!("::ffff:1.0.0.{part}"));
        log += &line(&format!("host{}.example", part % 7));
        log += &line(&format!("01.0.0.{}", part % 5));
    }
    for edge in [
        "0.0.0.0",
        "255.255.255.255",
        "::",
        "ffff::",
        "::ffff:0.0.0.0",
    ] {
        log += &line(edge);
    }
    let table = Table::parse("t.csv", table.as_bytes()).expect("a table");
    // Four rows and three gaps, two rows and three gaps, and twelve names.
    assert_eq!(keys_asked(log.as_bytes(), table), (24, 24));
}

#[test]
fn a_row_an_address_is_a_question_an_address() {
    let rows: String = (0..200)
        .map(|n| format!("9.9.9.{n},9.9.9.{n},H{n}\n"))
        .collect();
    let log: String = (0..400)
        .map(|n| line(&format!("9.9.9.{}", n % 200)))
        .collect();
    let table = Table::parse("t.csv", rows.as_bytes()).expect("a table");
    assert_eq!(keys_asked(log.as_bytes(), table), (200, 200));
}

#[test]
fn a_range_without_the_client_is_not_believed_and_not_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    thread::spawn(move || {
        let mut answers = [
            "1.2.3.4 1.2.4.0 1.255.255.255 Wrong\n",
            "1.2.3.4 ::1 ffff:: Wrong\n",
            "1.2.3.4 1.0.0.0 1.255.255.255 Right\n",
        ]
        .into_iter();
        for stream in listener.incoming() {
            let mut out = stream.expect("a connection");
            let queries = BufReader::new(out.try_clone().expect("its other half"));
            for _ in queries.lines() {
                let Some(answer) = answers.next() else { return };
                let _ = out.write_all(answer.as_bytes());
            }
        }
    });
    // Each failure costs one client's hit, and the next client may ask at once.
    let policy = Policy {
        timeout: Duration::from_secs(10),
        tries: 1,
        cooling: Duration::ZERO,
        cooling_max: Duration::ZERO,
        ..Policy::default()
    };
    let directory = Directory::with_policy(address, policy).expect("an address");
    let log = ["1.2.3.4", "1.2.3.4", "1.2.3.4", "1.2.3.4", "1.2.4.1"].map(line);
    let report = run(log.concat().as_bytes(), &directory);
    assert_eq!(report.unresolved(), 2);
    let rows: Vec<_> = report
        .rows()
        .into_iter()
        .map(|row| (row.holder, row.hits))
        .collect();
    assert_eq!(
        rows,
        [("Right".to_owned(), 3), ("unresolved".to_owned(), 2)]
    );
    assert_eq!(directory.stats().requests, 3);
}

#[test]
fn names_have_a_limit_of_their_own() {
    let span = Span {
        range: None,
        holder: Holder::unknown(),
    };
    let mut spans = Spans::default();
    let name = |number: usize| format!("host{number}.example").into_bytes();
    for number in 0..NAMES_MAX {
        spans.insert(&name(number), &span);
    }
    assert_eq!(spans.get(&name(0)), Some(&span.holder));
    spans.insert(&name(NAMES_MAX), &span);
    assert_eq!(spans.get(&name(0)), None);
    assert_eq!(spans.get(&name(NAMES_MAX)), Some(&span.holder));
    spans.insert(&[b'x'; 256], &span);
    assert_eq!(
        spans.get(&[b'x'; 256]),
        None,
        "needs no memory: it is not asked for"
    );
}
