//! Two hops: what goes along with a question, and what is known when there is no answer.

mod common;

use std::sync::Arc;
use std::time::{Duration, Instant};

use common::hops::{FAR, Hops, hop, in_time, many, one, until};
use common::probe::{Log, Silent};
use n02_rpc::contract::{Directory, Outcome, Why};
use n02_rpc::front::Front;
use n02_rpc::here::Here;
use n02_rpc::job::{Answers, Clients};
use n02_rpc::remote::Remote;
use n02_rpc::service::ServiceClient;
use n02_rpc::transport::{self, CALL_BYTES_MAX, CALLS_MAX, UNDER_WAY_BYTES_MAX};
use tarpc::client::RpcError;
use tokio::io::AsyncReadExt;
use tokio::net::UnixStream;
use tokio::task::JoinSet;
use traffic::directory::{Config, Server, Table};
use weather::{Stream, between};

/// How long a front takes, or a network.
const SOME_TIME: Duration = Duration::from_millis(150);

#[test]
fn a_deadline_is_smaller_two_hops_away() {
    in_time(async {
        let given = Duration::from_secs(100);
        let hops = Hops::new(SOME_TIME);
        let caller = hops.caller.clone();
        tokio::spawn(async move { caller.holders(one(), Instant::now() + given).await });
        hops.arrived().await;
        let at = |log: &Log| log.first().expect("it has arrived").left;
        let (front, directory) = (at(&hops.front), at(&hops.directory));
        println!("of {given:?} the front has {front:?}, and the directory {directory:?}");
        assert!(front < given, "{front:?}");
        assert!(directory <= front - SOME_TIME, "{directory:?} of {front:?}");
        assert!(directory > Duration::ZERO);
    });
}

#[test]
fn the_time_of_the_journey_is_not_in_what_is_left() {
    in_time(async {
        // What is sent is how much time is left, since two clocks do not agree on a moment. The receiver starts
        // to count when it arrives: after a journey that only the caller has counted.
        let log = Log::default();
        let (ours, rain) = UnixStream::pair().expect("a pair of sockets");
        let (hail, theirs) = UnixStream::pair().expect("a pair of sockets");
        let weather = "delay=300ms".parse().expect("knobs");
        tokio::spawn(
            async move { between(Stream::Unix(rain), Stream::Unix(hail), &weather, 0).await },
        );
        tokio::spawn(n02_rpc::service::serve(Silent(log.clone()), theirs));
        let remote = Remote::over("the directory", ours);
        let given = Duration::from_secs(100);
        let deadline = Instant::now() + given;
        tokio::spawn(async move { remote.holders(one(), deadline).await });
        until("question", || log.first().is_some()).await;
        let left = log.first().expect("it has arrived").left;
        let truly = deadline.saturating_duration_since(Instant::now());
        println!("the directory is told {left:?}, and the caller will be gone in {truly:?}");
        assert!(
            left > truly + Duration::from_millis(100),
            "{left:?}, {truly:?}"
        );
    });
}

#[test]
fn a_call_that_is_dropped_is_dropped_two_hops_away() {
    in_time(async {
        let hops = Hops::new(Duration::ZERO);
        let caller = hops.caller.clone();
        let call = tokio::spawn(async move { caller.holders(one(), Instant::now() + FAR).await });
        hops.arrived().await;
        let dropped = Instant::now();
        call.abort();
        let ended = |log: &Log| log.first().and_then(|seen| seen.ended);
        until("end of the work", || {
            ended(&hops.front).is_some() && ended(&hops.directory).is_some()
        })
        .await;
        let after = |log: &Log| ended(log).expect("it has ended") - dropped;
        println!(
            "dropped after {:?} at the front, and after {:?} at the directory",
            after(&hops.front),
            after(&hops.directory)
        );
        // Some idle moment is as quick as is promised; no single one has to be, on a machine that does other
        // things. `the_quickest_of_many` asks for that.
        assert!(after(&hops.directory) < FAR);
    });
}

#[test]
fn the_quickest_of_many_cancellations_crosses_both_hops_within_ten_milliseconds() {
    in_time(async {
        let mut quickest = Duration::MAX;
        for _ in 0..200 {
            let hops = Hops::new(Duration::ZERO);
            let caller = hops.caller.clone();
            let call =
                tokio::spawn(async move { caller.holders(one(), Instant::now() + FAR).await });
            hops.arrived().await;
            let dropped = Instant::now();
            call.abort();
            let ended = || hops.directory.first().and_then(|seen| seen.ended);
            until("end of the work", || ended().is_some()).await;
            quickest = quickest.min(ended().expect("it has ended") - dropped);
            if quickest < Duration::from_millis(10) {
                println!("dropped two hops away after {quickest:?}");
                return;
            }
        }
        panic!("not one within 10 ms; the quickest took {quickest:?}");
    });
}

#[test]
fn a_deadline_that_passes_ends_the_work_at_both_hops() {
    in_time(async {
        let hops = Hops::new(Duration::ZERO);
        let deadline = Instant::now() + Duration::from_millis(300);
        let outcome = hops.caller.holders(one(), deadline).await;
        assert_eq!(
            outcome.unknown().map(|failure| failure.why),
            Some(Why::Late)
        );
        // A busy machine may not have got the question there at all: then nothing is left, either.
        let left = |log: &Log| log.all().iter().any(|seen| seen.ended.is_none());
        until("end of the work", || {
            !left(&hops.front) && !left(&hops.directory)
        })
        .await;
    });
}

#[test]
fn a_deadline_that_has_passed_is_a_no_and_asks_nothing() {
    in_time(async {
        let server = Server::start(Config::default()).expect("a server on loopback");
        let directory = traffic::Directory::at(server.address()).expect("an address");
        let here = Front::of(Here::over(directory.share()));
        let outcome = here.holders(one(), Instant::now()).await;
        assert!(
            matches!(&outcome, Outcome::No(failure) if failure.why == Why::Late),
            "{outcome:?}"
        );
        assert_eq!(directory.stats().requests, 0);
    });
}

#[test]
fn answers_come_whole_and_in_order_over_two_hops_and_the_cache_asks_once() {
    in_time(async {
        let server = Server::start(Config {
            table: Arc::new(Table::iana()),
            ..Config::default()
        });
        let server = server.expect("a server on loopback");
        let directory = traffic::Directory::at(server.address()).expect("an address");
        let (behind, _) = hop("the directory", Here::over(directory.share()));
        let (caller, _) = hop("the front", Front::of(behind));
        let mut clients = Clients::default();
        for client in [
            &b"17.0.0.1"[..],
            b"a.host.example",
            b"17.0.0.1",
            b"12.0.0.1",
        ] {
            clients.push(client);
        }
        for _ in 0..3 {
            let outcome = caller.holders(clients.clone(), Instant::now() + FAR).await;
            let answers = outcome.answer().expect("an answer").answers;
            let names: Vec<&str> = answers
                .iter()
                .map(|answer| answer.as_ref().expect("resolved").as_str())
                .collect();
            let [apple, unknown, again, bell] = names[..] else {
                panic!("{names:?}")
            };
            assert_eq!((apple, again), ("Apple Computer Inc.", apple));
            assert_eq!(unknown, "unknown");
            assert!(bell.contains("AT&T"), "{bell}");
        }
        assert_eq!(directory.stats().keys, 3, "asked more than once");
    });
}

/// Answers as late as the number that it is asked for says, in milliseconds.
#[derive(Clone)]
struct Numbered;

impl Directory for Numbered {
    async fn holders(&self, clients: Clients, _deadline: Instant) -> Outcome<Answers> {
        let text = clients.iter().next().expect("one").to_vec();
        let number: u64 = String::from_utf8(text)
            .expect("digits")
            .parse()
            .expect("a number");
        let took = Duration::from_millis(number);
        tokio::time::sleep(took).await;
        Outcome::Yes(Answers {
            answers: vec![Ok(traffic::Holder::unknown())],
            took,
        })
    }
}

#[test]
fn answers_overtake_one_another() {
    in_time(async {
        let (caller, _) = hop("the directory", Numbered);
        let ask = |number: &'static str| {
            let caller = caller.clone();
            async move {
                let mut clients = Clients::default();
                clients.push(number.as_bytes());
                let outcome = caller.holders(clients, Instant::now() + FAR).await;
                assert!(outcome.answer().is_ok());
            }
        };
        let slow = tokio::spawn(ask("30000"));
        until("call under way", || caller.under_way() == 1).await;
        ask("0").await;
        assert!(!slow.is_finished());
    });
}

#[test]
fn a_no_of_the_directory_is_a_no_two_hops_away() {
    /// Has other things to do.
    #[derive(Clone)]
    struct Busy;

    impl Directory for Busy {
        async fn holders(&self, _clients: Clients, _deadline: Instant) -> Outcome<Answers> {
            Outcome::No(Why::Busy.of("the directory"))
        }
    }
    in_time(async {
        let (behind, _) = hop("the directory", Busy);
        let (caller, _) = hop("the front", Front::of(behind));
        let outcome = caller.holders(one(), Instant::now() + FAR).await;
        let sentence = outcome.answer().expect_err("no answer");
        assert_eq!(sentence, "the directory is busy: nothing was done");
    });
}

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
