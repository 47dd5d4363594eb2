//! Calls that wait: behind a connection that is dead, or silent, or full.

use std::time::{Duration, Instant};

use crate::common::hops::{FAR, in_time, many, one, until};
use crate::common::probe::{Log, Silent};
use n02_rpc::contract::{Directory, Outcome, Why};
use n02_rpc::job::Clients;
use n02_rpc::remote::Remote;
use n02_rpc::service::ServiceClient;
use n02_rpc::transport::{self, CALL_BYTES_MAX, CALLS_MAX, UNDER_WAY_BYTES_MAX};
use tarpc::client::RpcError;
use tokio::io::AsyncReadExt;
use tokio::net::UnixStream;
use tokio::task::JoinSet;

#[test]
fn a_service_that_is_gone_is_a_no_to_the_next_call() {
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        let remote = Remote::over("the directory", ours);
        drop(theirs);
        // The call that finds it out does not know; those behind it do.
        let deadline = Instant::now() + FAR;
        while let Outcome::Unknown(failure) = remote.holders(one(), Instant::now() + FAR).await {
            assert_eq!(failure.why, Why::Gone);
            assert!(Instant::now() < deadline);
        }
        let outcome = remote.holders(one(), Instant::now() + FAR).await;
        assert!(matches!(outcome, Outcome::No(failure) if failure.why == Why::Gone));
    });
}

#[test]
fn a_dead_connection_with_a_hundred_calls_queued_gives_a_hundred_errors() {
    in_time(async {
        let (ours, mut theirs) = UnixStream::pair().expect("a pair of sockets");
        let remote = Remote::over("the directory", ours);
        let mut calls = JoinSet::new();
        for _ in 0..100 {
            let remote = remote.clone();
            calls.spawn(async move { remote.holders(many(), Instant::now() + FAR).await });
        }
        // All there is room for is under way, and one of them at least is on the wire.
        until("calls under way", || remote.under_way() == CALLS_MAX).await;
        theirs.read_exact(&mut [0; 8]).await.expect("a call");
        drop(theirs);
        let outcomes = calls.join_all().await;
        let (mut nos, mut unknowns) = (0, 0);
        for outcome in outcomes {
            match outcome {
                Outcome::No(failure) => {
                    assert_eq!(failure.why, Why::Gone);
                    nos += 1;
                }
                Outcome::Unknown(failure) => {
                    assert_eq!(failure.why, Why::Gone);
                    unknowns += 1;
                }
                Outcome::Yes(answers) => panic!("{answers:?}"),
            }
        }
        println!("{nos} were not asked, and of {unknowns} it is not known");
        assert_eq!(nos + unknowns, 100);
        assert!(unknowns >= 1, "the one on the wire");
    });
}

#[test]
fn a_silent_connection_with_a_hundred_calls_queued_gives_a_hundred_errors_at_their_deadline() {
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        let remote = Remote::over("the directory", ours);
        let deadline = Instant::now() + Duration::from_millis(500);
        let mut calls = JoinSet::new();
        for _ in 0..100 {
            let remote = remote.clone();
            calls.spawn(async move { remote.holders(many(), deadline).await });
        }
        let outcomes = calls.join_all().await;
        let late = outcomes.iter().filter(|outcome| match outcome {
            Outcome::No(failure) | Outcome::Unknown(failure) => failure.why == Why::Late,
            Outcome::Yes(_) => false,
        });
        assert_eq!(late.count(), 100);
        drop(theirs);
    });
}

#[test]
fn a_receiver_that_takes_nothing_holds_callers_up_at_a_ceiling_in_bytes() {
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        let remote = Remote::over("the directory", ours);
        let call = transport_bytes(&many());
        assert!(call <= CALL_BYTES_MAX, "{call} bytes");
        let mut calls = JoinSet::new();
        for _ in 0..10 * CALLS_MAX {
            let remote = remote.clone();
            calls.spawn(async move { remote.holders(many(), Instant::now() + FAR).await });
        }
        until("calls under way", || remote.under_way() == CALLS_MAX).await;
        // The others have not given their bytes away: they wait in front of it.
        assert!(call * (CALLS_MAX + 1) <= UNDER_WAY_BYTES_MAX);
        assert_eq!(remote.under_way(), CALLS_MAX);
        drop(theirs);
    });
}

/// How long clients are as a message.
fn transport_bytes(clients: &Clients) -> usize {
    postbag::to_full_vec(clients).expect("bytes").len()
}

#[test]
fn a_caller_that_asks_too_much_at_a_time_is_refused_the_rest() {
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        let log = Log::default();
        tokio::spawn(n02_rpc::service::serve(Silent(log.clone()), theirs));
        // A caller of another make, which has not our bound.
        let caller = ServiceClient::new(tarpc::client::Config::default(), transport::over(ours));
        let caller = caller.spawn();
        let mut calls = JoinSet::new();
        for _ in 0..3 * CALLS_MAX {
            let caller = caller.clone();
            let mut context = tarpc::context::current();
            context.deadline = Instant::now() + FAR;
            calls.spawn(async move { caller.holders(context, one()).await });
        }
        // So many are refused, while the others go on.
        for _ in 0..CALLS_MAX {
            match calls.join_next().await {
                Some(Ok(Err(RpcError::Server(err)))) => {
                    assert!(err.detail.contains("throttled"), "{err}");
                }
                other => panic!("{other:?}"),
            }
        }
        until("work on the others", || log.all().len() == 2 * CALLS_MAX).await;
        assert!(log.all().iter().all(|seen| seen.ended.is_none()));
    });
}
