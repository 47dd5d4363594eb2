//! The broken variants are broken: each is seen to do what the sound one does not, in the same place.

use std::time::{Duration, Instant};

use crate::common::hops::{FAR, TIME_LIMIT, hop, in_time, many, one, until};
use crate::common::probe::{Log, Silent};
use futures_util::StreamExt;
use n02_rpc::broken::{Detached, FreshDeadline, Untimed, serve_patiently};
use n02_rpc::contract::Directory;
use n02_rpc::front::Front;
use n02_rpc::remote::Remote;
use n02_rpc::service::{Service, serve};
use n02_rpc::transport;
use tarpc::server::{BaseChannel, Channel};
use tokio::net::UnixStream;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

/// What does not happen is waited for so long.
const WHILE: Duration = Duration::from_millis(1_500);

/// What is there when a question is at the directory that never answers.
struct Asked {
    log: Log,
    call: JoinHandle<()>,
}

async fn ask(caller: impl Directory, log: Log, time: Duration) -> Asked {
    let call = tokio::spawn(async move {
        let _ = caller.holders(one(), Instant::now() + time).await;
    });
    until("question at the directory", || log.first().is_some()).await;
    Asked { log, call }
}

impl Asked {
    fn is_over(&self) -> bool {
        self.log.first().is_some_and(|seen| seen.ended.is_some())
    }

    fn left(&self) -> Duration {
        self.log.first().expect("it has arrived").left
    }
}

/// The directory that never answers, behind a hop.
fn directory() -> (Remote, Log) {
    let log = Log::default();
    (hop("the directory", Silent(log.clone())).0, log)
}

#[test]
fn a_fresh_deadline_is_ten_seconds_whatever_the_caller_has_left() {
    in_time(async {
        // A caller that waits for ten minutes, and one that would have been gone long before.
        for given in [FAR, Duration::from_secs(5)] {
            let (behind, log) = directory();
            let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
            let channel = BaseChannel::with_defaults(transport::over(theirs));
            let broken = FreshDeadline(behind).serve();
            tokio::spawn(channel.execute(broken).for_each(|work| async move {
                tokio::spawn(work);
            }));
            let asked = ask(Remote::over("the front", ours), log, given).await;
            let left = asked.left();
            println!("of {given:?} the directory is told {left:?}");
            assert!(left <= Duration::from_secs(10));
            assert!(left > Duration::from_secs(5), "or the machine stood still");

            let (behind, log) = directory();
            let (caller, _) = hop("the front", Front::of(behind));
            let asked = ask(caller, log, given).await;
            assert!(asked.left() <= given);
            assert!(given < FAR || asked.left() > Duration::from_secs(10));
        }
    });
}

#[test]
fn a_detached_call_is_not_dropped_two_hops_away() {
    in_time(async {
        let (behind, log) = directory();
        let (caller, _) = hop("the front", Detached(Front::of(behind)));
        let asked = ask(caller, log, FAR).await;
        asked.call.abort();
        sleep(WHILE).await;
        assert!(!asked.is_over(), "it was cancelled");
    });
}

#[test]
fn a_timeout_in_front_of_a_detached_call_reaches_one_hop_only() {
    in_time(async {
        let time = Duration::from_millis(100);
        // As one writes a timeout: around the call, and not into it.
        async fn call(caller: Remote, time: Duration) {
            let asked = caller.holders(one(), Instant::now() + FAR);
            assert!(timeout(time, asked).await.is_err());
        }
        let (behind, log) = directory();
        let (caller, _) = hop("the front", Detached(Front::of(behind)));
        until_asked(&log, || call(caller.clone(), time)).await;
        sleep(WHILE).await;
        assert!(log.all().iter().any(|seen| seen.ended.is_none()));

        let (behind, log) = directory();
        let (caller, _) = hop("the front", Front::of(behind));
        until_asked(&log, || call(caller.clone(), time)).await;
        until("end of the work", || {
            log.all().iter().all(|seen| seen.ended.is_some())
        })
        .await;
    });
}

/// Calls until one has got to the directory before its caller had enough.
async fn until_asked<F: Future<Output = ()>>(log: &Log, mut call: impl FnMut() -> F) {
    let deadline = Instant::now() + TIME_LIMIT;
    while log.first().is_none() {
        assert!(Instant::now() < deadline, "no question at the directory");
        call().await;
    }
}

#[test]
fn a_crash_is_a_cancel_only_where_it_is_made_one() {
    in_time(async {
        for is_made_one in [false, true] {
            let log = Log::default();
            let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
            let silent = Silent(log.clone());
            if is_made_one {
                tokio::spawn(serve(silent, theirs));
            } else {
                tokio::spawn(serve_patiently(silent, theirs));
            }
            let cut = ours.into_std().expect("a socket");
            let stream = cut.try_clone().expect("a handle");
            let stream = UnixStream::from_std(stream).expect("a socket");
            let asked = ask(Remote::over("the directory", stream), log, FAR).await;
            // As when its process ends: the connection closes, and not a word is said.
            cut.shutdown(std::net::Shutdown::Both).expect("open");
            if is_made_one {
                until("end of the work", || asked.is_over()).await;
            } else {
                sleep(WHILE).await;
                assert!(!asked.is_over(), "it was cancelled");
            }
        }
    });
}

#[test]
fn a_queued_call_has_a_deadline_only_where_its_caller_has_a_clock() {
    in_time(async {
        let hundred_calls_at = |untimed: bool| async move {
            let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
            let remote = Remote::over("the directory", ours);
            let deadline = Instant::now() + Duration::from_millis(300);
            let mut calls = JoinSet::new();
            for _ in 0..100 {
                let remote = remote.clone();
                calls.spawn(async move {
                    if untimed {
                        let _ = Untimed(remote).holders(many(), deadline).await;
                    } else {
                        let _ = remote.holders(many(), deadline).await;
                    }
                });
            }
            (calls, theirs)
        };
        // The peer is there and takes nothing: a process that is stopped, or a network without a way.
        let (mut calls, _stopped) = hundred_calls_at(true).await;
        sleep(WHILE).await;
        while calls.try_join_next().is_some() {}
        println!(
            "{} of 100 have not ended long after their deadline",
            calls.len()
        );
        assert!(calls.len() >= 50, "{} hang", calls.len());

        let (calls, _stopped) = hundred_calls_at(false).await;
        assert_eq!(calls.join_all().await.len(), 100);
    });
}
