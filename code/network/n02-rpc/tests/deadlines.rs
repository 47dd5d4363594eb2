//! What is left of a deadline, one and two hops away, and what ends when it passes.

use std::time::{Duration, Instant};

use crate::common::hops::{Hops, in_time, one, until};
use crate::common::probe::{Log, Silent};
use n02_rpc::contract::{Directory, Outcome, Why};
use n02_rpc::front::Front;
use n02_rpc::here::Here;
use n02_rpc::remote::Remote;
use tokio::net::UnixStream;
use traffic::directory::{Config, Server};
use weather::{Stream, between};

/// How long a front takes.
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
