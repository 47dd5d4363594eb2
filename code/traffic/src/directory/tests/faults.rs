//! Every fault against every kind of lookup: true answers or none, and few tries.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::within;
use crate::directory::{Config, Directory, Fault, Policy, Server, Stats, Table};
use crate::{Answer, Holder, Unresolved};

/// Impatient, and once the breaker is open it stays so for the whole test.
const ONCE: Policy = Policy {
    timeout: Duration::from_millis(150),
    tries: 3,
    backoff: Duration::from_millis(2),
    cooling: Duration::from_secs(3600),
    cooling_max: Duration::from_secs(3600),
};

/// Where nothing hangs: a busy machine must not look like a fault.
const PATIENT: Duration = Duration::from_secs(20);

/// As `ONCE`, and probes soon and often.
const OFTEN: Policy = Policy {
    cooling: Duration::from_millis(5),
    cooling_max: Duration::from_millis(20),
    ..ONCE
};

const CLIENTS: [&[u8]; 4] = [b"17.0.0.1", b"a.host.example", b"19.0.0.1", b"not a key"];

fn truth() -> Vec<Answer> {
    let table = Table::iana();
    CLIENTS
        .iter()
        .map(|client| Ok(table.lookup(client)))
        .collect()
}

fn start(fault: Fault) -> Server {
    let delay = Duration::from_micros(100);
    Server::start(Config {
        delay,
        fault: Some(fault),
        ..Config::default()
    })
    .unwrap()
}

#[test]
fn slow_only_takes_longer() {
    within(60, || {
        let server = start(Fault::Slow);
        let policy = Policy {
            timeout: PATIENT,
            ..ONCE
        };
        let directory = Directory::with_policy(server.address(), policy).unwrap();
        let mut connection = directory.connect();
        for _ in 0..100 {
            let answers: Vec<_> = CLIENTS
                .iter()
                .map(|client| connection.lookup(client))
                .collect();
            assert_eq!(answers, truth());
            assert_eq!(connection.lookup_many(&CLIENTS), truth());
            let ranged =
                CLIENTS.map(|client| connection.lookup_range(client).map(|span| span.holder));
            assert_eq!(ranged.to_vec(), truth());
        }
        assert_eq!(directory.table().unwrap().len(), 256);
        let expected = Stats {
            requests: 701,
            keys: 900,
            failures: 0,
            breaker_opens: 0,
        };
        assert_eq!(directory.stats(), expected);
        assert_eq!((server.requests(), server.keys()), (701, 900));
    });
}

#[test]
fn a_broken_directory_gets_three_tries_in_all() {
    within(60, || {
        for fault in [Fault::Refuse, Fault::Hang, Fault::Garbage] {
            for kind in 0..5 {
                let server = start(fault);
                let directory = Directory::with_policy(server.address(), ONCE).unwrap();
                let mut connection = directory.connect();
                for _ in 0..100 {
                    match kind {
                        0 => assert_eq!(connection.lookup(b"17.0.0.1"), Err(Unresolved)),
                        1 => {
                            let answers = connection.lookup_many(&CLIENTS);
                            assert_eq!(
                                answers[..3],
                                [Err(Unresolved), Err(Unresolved), Err(Unresolved)]
                            );
                            assert_eq!(answers[3], Ok(Holder::unknown()), "needs no directory");
                        }
                        2 => assert_eq!(connection.lookup_range(b"17.0.0.1"), Err(Unresolved)),
                        3 => assert!(directory.table().is_err()),
                        _ => assert_eq!(directory.version(), Err(Unresolved)),
                    }
                }
                let stats = directory.stats();
                assert_eq!(
                    (stats.failures, stats.breaker_opens),
                    (3, 1),
                    "{fault} {stats:?}"
                );
                assert!(server.requests() <= 3, "{fault}");
            }
        }
    });
}

#[test]
fn nobody_there_is_no_error_until_asked() {
    within(30, || {
        // A port of the system's that nothing has used for decades.
        let directory = Directory::with_policy("127.0.0.1:1", ONCE).unwrap();
        assert_eq!(directory.connect().lookup(b"17.0.0.1"), Err(Unresolved));
        let expected = Stats {
            requests: 0,
            keys: 0,
            failures: 3,
            breaker_opens: 1,
        };
        assert_eq!(directory.stats(), expected);
    });
}

#[test]
fn a_probe_is_one_try_and_opens_the_breaker_again() {
    within(30, || {
        let cooling = Duration::from_millis(1);
        let policy = Policy {
            cooling,
            cooling_max: cooling,
            ..ONCE
        };
        let directory = Directory::with_policy("127.0.0.1:1", policy).unwrap();
        let mut connection = directory.connect();
        for lookup in 0..10 {
            assert_eq!(connection.lookup(b"17.0.0.1"), Err(Unresolved));
            let stats = directory.stats();
            assert_eq!(
                (stats.failures, stats.breaker_opens),
                (3 + lookup, 1 + lookup)
            );
            thread::sleep(2 * cooling);
        }
    });
}

#[test]
fn death_is_survived_and_so_is_the_return() {
    within(60, || {
        let returns_after = Some(Duration::from_millis(60));
        let server = start(Fault::Die {
            after: 50,
            returns_after,
        });
        let directory = Directory::with_policy(
            server.address(),
            Policy {
                timeout: PATIENT,
                ..OFTEN
            },
        )
        .unwrap();
        let mut connection = directory.connect();
        for _ in 0..50 {
            assert_eq!(connection.lookup(CLIENTS[0]), truth()[0]);
        }
        assert_eq!(connection.lookup(CLIENTS[0]), Err(Unresolved));
        let mut other = directory.connect();
        while other.lookup(CLIENTS[0]).is_err() {
            thread::sleep(Duration::from_millis(1));
        }
        for _ in 0..200 {
            assert_eq!(connection.lookup(CLIENTS[0]), truth()[0]);
            assert_eq!(other.lookup_many(&CLIENTS), truth());
            let span = other.lookup_range(CLIENTS[0]);
            assert_eq!(span.map(|span| span.holder), truth()[0]);
        }
        assert!(directory.stats().breaker_opens > 0);
    });
}

#[test]
fn death_is_for_good_otherwise() {
    within(60, || {
        let server = start(Fault::Die {
            after: 5,
            returns_after: None,
        });
        let directory = Directory::with_policy(
            server.address(),
            Policy {
                timeout: PATIENT,
                ..OFTEN
            },
        )
        .unwrap();
        let mut connection = directory.connect();
        let answers: Vec<_> = (0..100).map(|_| connection.lookup(CLIENTS[0])).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 5);
        assert_eq!(server.requests(), 6);
    });
}

#[test]
fn many_threads_waste_no_more_than_their_own_tries() {
    const THREADS: u64 = 64;
    within(120, || {
        for (fault, policy) in [
            (Fault::Hang, ONCE),
            (Fault::Hang, OFTEN),
            (Fault::Garbage, OFTEN),
        ] {
            let server = start(fault);
            let directory = Directory::with_policy(server.address(), policy).unwrap();
            let barrier = Arc::new(std::sync::Barrier::new(THREADS as usize));
            thread::scope(|scope| {
                for _ in 0..THREADS {
                    let (directory, barrier) = (directory.clone(), Arc::clone(&barrier));
                    scope.spawn(move || {
                        let mut connection = directory.connect();
                        barrier.wait();
                        for lookup in 0..300 {
                            assert_eq!(connection.lookup(b"17.0.0.1"), Err(Unresolved));
                            if lookup % 50 == 0 {
                                thread::sleep(policy.cooling.min(Duration::from_millis(10)));
                            }
                        }
                    });
                }
            });
            let stats = directory.stats();
            // Each thread has three tries before it knows; after that there are only probes.
            let tries_max = 3 * THREADS + stats.breaker_opens;
            assert!(stats.failures <= tries_max, "{stats:?}");
            assert!(
                stats.breaker_opens >= 1 && server.requests() <= tries_max,
                "{stats:?}"
            );
        }
    });
}
