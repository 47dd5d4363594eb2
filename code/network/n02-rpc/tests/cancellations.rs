//! A call that is dropped, two hops away.

use std::time::{Duration, Instant};

use crate::common::hops::{FAR, Hops, in_time, one, until};
use crate::common::probe::Log;
use n02_rpc::contract::Directory;

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
