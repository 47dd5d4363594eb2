//! The asynchronous client: as right as the blocking one, and many at once on one socket.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::within;
use crate::directory::{Config, Directory, Fault, Policy, Server, Table};
use crate::{Answer, Unresolved};

const CLIENTS: [&[u8]; 5] = [
    b"17.0.0.1",
    b"a.host.example",
    b"19.0.0.1",
    b"not a key",
    b"17.0.0.1",
];

const IMPATIENT: Policy = Policy {
    timeout: Duration::from_millis(150),
    tries: 3,
    backoff: Duration::from_millis(2),
    cooling: Duration::from_millis(5),
    cooling_max: Duration::from_millis(20),
};

fn truth() -> Vec<Answer> {
    let table = Table::iana();
    CLIENTS
        .iter()
        .map(|client| Ok(table.lookup(client)))
        .collect()
}

fn start(delay: Duration, fault: Option<Fault>) -> Server {
    Server::start(Config {
        delay,
        fault,
        ..Config::default()
    })
    .unwrap()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

#[test]
fn one_by_one_and_in_bulk_it_says_what_the_table_says() {
    within(60, || {
        let server = start(Duration::ZERO, None);
        let connection = Directory::at(server.address()).unwrap();
        block_on(async {
            let connection = connection.share();
            for (client, truth) in CLIENTS.iter().zip(truth()) {
                assert_eq!(connection.lookup(client).await, truth);
            }
            assert_eq!(connection.lookup_many(&CLIENTS).await, truth());
            assert_eq!(connection.lookup_many(&[]).await, []);
        });
    });
}

#[test]
fn a_thousand_requests_overlap_on_one_socket() {
    within(60, || {
        // One after the other, these would take 500 s.
        let server = start(Duration::from_millis(500), None);
        let directory = Directory::at(server.address()).unwrap();
        block_on(async {
            let connection = directory.share();
            let mut tasks = tokio::task::JoinSet::new();
            for number in 0..1000 {
                let connection = connection.clone();
                tasks.spawn(async move {
                    let client = format!("17.0.{}.{}", number / 250, number % 250);
                    connection.lookup(client.as_bytes()).await.unwrap()
                });
            }
            for holder in tasks.join_all().await {
                assert_eq!(holder.as_str(), "Apple Computer Inc.");
            }
        });
        assert_eq!(directory.stats().requests, 1000);
    });
}

#[test]
fn faults_bring_true_answers_or_none() {
    for fault in ["slow", "refuse", "hang", "garbage", "die"] {
        within(60, move || {
            let server = start(Duration::ZERO, Some(fault.parse().unwrap()));
            let directory = Directory::with_policy(server.address(), IMPATIENT).unwrap();
            block_on(async {
                let connection = directory.share();
                for _ in 0..200 {
                    for (answer, truth) in
                        connection.lookup_many(&CLIENTS).await.iter().zip(truth())
                    {
                        assert!(
                            *answer == truth || *answer == Err(Unresolved),
                            "{fault}: {answer:?}"
                        );
                    }
                }
            });
        });
    }
}

#[test]
fn a_directory_that_returns_is_found_again() {
    within(60, || {
        let fault = Fault::Die {
            after: 5,
            returns_after: Some(Duration::from_millis(100)),
        };
        let server = start(Duration::ZERO, Some(fault));
        let directory = Directory::with_policy(server.address(), IMPATIENT).unwrap();
        block_on(async {
            let connection = directory.share();
            let mut failures = 0;
            let mut in_a_row = 0;
            while in_a_row < 10 {
                match connection.lookup(b"17.0.0.1").await {
                    Ok(_) => in_a_row += 1,
                    Err(Unresolved) => (failures, in_a_row) = (failures + 1, 0),
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            assert!(failures > 0, "it never died");
        });
    });
}

#[test]
fn a_cancelled_lookup_leaves_the_others_alone() {
    within(60, || {
        let server = start(Duration::from_millis(20), None);
        let directory = Arc::new(Directory::at(server.address()).unwrap());
        block_on(async {
            let connection = directory.share();
            let mut were_cancelled = 0;
            for _ in 0..10 {
                let cancelled =
                    tokio::time::timeout(Duration::from_millis(1), connection.lookup(b"17.0.0.1"));
                let (cancelled, kept) = tokio::join!(cancelled, connection.lookup(b"17.0.0.1"));
                // On a machine that stands still for a while the answer is there before the time is up.
                were_cancelled += usize::from(cancelled.is_err());
                assert_eq!(kept.unwrap().as_str(), "Apple Computer Inc.");
            }
            assert!(were_cancelled > 0);
        });
        assert_eq!(directory.stats().failures, 0);
    });
}

#[test]
fn a_deadline_ends_a_lookup_and_opens_the_breaker() {
    within(60, || {
        let server = start(Duration::ZERO, Some(Fault::Hang));
        // Patient enough to outlast the test: only the deadline can end the lookup.
        let patient = Policy {
            timeout: Duration::from_secs(3600),
            cooling: Duration::from_secs(3600),
            ..Policy::default()
        };
        let directory = Directory::with_policy(server.address(), patient).unwrap();
        block_on(async {
            let connection = directory.share();
            let late = connection.lookup_until(b"17.0.0.1", Instant::now()).await;
            assert_eq!(late, Err(Unresolved));
            assert_eq!(directory.stats().requests, 0, "asked after the deadline");

            let deadline = Instant::now() + Duration::from_millis(50);
            let silent = connection.lookup_until(b"17.0.0.1", deadline).await;
            assert_eq!(silent, Err(Unresolved));
            assert_eq!(directory.stats().breaker_opens, 1);
            assert_eq!(connection.lookup(b"17.0.0.1").await, Err(Unresolved));
            assert_eq!(directory.stats().requests, 1, "asked an open breaker");
        });
    });
}
