//! What single flight promises: one lookup a client, and nobody left waiting.

use std::collections::HashSet;
use std::future::pending;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use s08_coalesce::flight::SingleFlight;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use traffic::directory::{Config, Directory, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::{Hit, Input, Meter, Plan};

/// Who has not landed by then hangs.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Runs the step and says how many keys it asked for.
fn keys_asked(log: &[u8], workers: usize) -> u64 {
    let server = Server::start(Config {
        delay: Duration::from_millis(2),
        table: Arc::new(Table::iana()),
        ..Config::default()
    })
    .expect("a server on loopback");
    let directory = Directory::at(server.address()).expect("an address");
    let input = Input::from_bytes(&[log]).expect("a temporary file");
    let plan = Plan {
        workers,
        ..Plan::default()
    };
    let report = s08_coalesce::run(&input, &directory, &plan, &Meter::new()).expect("readable");
    assert_eq!(report.unresolved(), 0);
    directory.stats().keys
}

#[test]
fn a_crowd_behind_few_clients_asks_once_for_each() {
    let mut log = Vec::new();
    for line in 0..3_000 {
        let client = 1 + line % 3;
        writeln!(log, r#"8.8.8.{client} - - [] "GET / HTTP/1.1" 200 1"#).expect("memory");
    }
    for workers in [1, 2, 64] {
        assert_eq!(keys_asked(&log, workers), 3, "{workers} workers");
    }
}

#[test]
fn every_client_of_a_log_is_asked_for_once() {
    for workload in [Workload::Flash, Workload::Steady] {
        let mut log = Vec::new();
        write_log(workload, 1, 10_000, &mut log, &mut |_| true).expect("memory takes all");
        let lines = log.split(|&byte| byte == b'\n');
        let clients: HashSet<&[u8]> = lines
            .filter_map(|line| Hit::parse(line).ok())
            .map(|hit| hit.client)
            .collect();
        assert_eq!(keys_asked(&log, 256), clients.len() as u64, "{workload}");
    }
}

/// A leader that does what it is told, with followers behind it; says how often they fetched, and what
/// they got.
fn behind<F: Future<Output = u32> + Send + 'static>(
    leader: impl FnOnce() -> F + Send + 'static,
    end: impl FnOnce(&JoinHandle<u32>),
) -> (usize, Vec<u32>) {
    Runtime::new().expect("a runtime").block_on(async {
        let (flights, fetched) = (SingleFlight::default(), Arc::new(AtomicUsize::new(0)));
        let seat = flights.board(&"key");
        assert!(seat.leads());
        let followers: Vec<_> = (0..50)
            .map(|_| {
                let (seat, fetched) = (flights.board(&"key"), Arc::clone(&fetched));
                assert!(!seat.leads());
                tokio::spawn(seat.answer(move || async move {
                    fetched.fetch_add(1, Relaxed);
                    7
                }))
            })
            .collect();
        let leader = tokio::spawn(seat.answer(leader));
        end(&leader);
        let mut answers = Vec::new();
        for follower in followers {
            let landed = timeout(TIME_LIMIT, follower).await;
            answers.push(landed.expect("a follower hangs").expect("no panic"));
        }
        let _ = leader.await;
        assert_eq!(flights.under_way(), 0);
        (fetched.load(Relaxed), answers)
    })
}

#[test]
fn an_answer_is_for_all() {
    let (fetched, answers) = behind(|| async { 3 }, |_| ());
    assert_eq!((fetched, answers), (0, vec![3; 50]));
}

#[test]
fn after_a_panic_a_follower_leads() {
    let (fetched, answers) = behind(|| async { panic!("on purpose") }, |_| ());
    assert_eq!(answers, [7; 50]);
    assert!(fetched >= 1);
}

#[test]
fn after_a_cancellation_a_follower_leads() {
    let (fetched, answers) = behind(pending, JoinHandle::abort);
    assert_eq!(answers, [7; 50]);
    assert!(fetched >= 1);
}
