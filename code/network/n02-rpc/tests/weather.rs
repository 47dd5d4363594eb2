//! Through every kind of weather, on both hops: an exact report, or one sentence, and never a hang.

use std::sync::Arc;

use crate::common::{process, run_with};
use traffic::directory::{Config, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::testing::in_time;
use traffic::{Directory, Error, Input, Meter, Plan, Report};

/// Runs on a generated log with two hops, both through such weather.
fn run_in(weather: &str, deadline: &str) -> (Result<Report, Error>, Oracle) {
    let mut log = Vec::new();
    write_log(Workload::Messy, 11, 4_000, &mut log, &mut |_| true).expect("memory takes all");
    let oracle = Oracle::of(&[&log]);
    let server = Server::start(Config {
        delay: std::time::Duration::from_micros(100),
        table: Arc::new(Table::iana()),
        ..Config::default()
    });
    let server = server.expect("a server on loopback");
    let directory = Directory::at(server.address()).expect("an address");
    let own = vec![
        process("front"),
        process("directory"),
        ("weather", weather.to_owned()),
        ("deadline", deadline.to_owned()),
    ];
    let what = format!("the weather {weather}");
    let report = in_time("n02-rpc", &what, directory, move |directory| {
        let input = Input::from_bytes(&[&log]).expect("a temporary file");
        run_with(own, &input, &directory, &Plan::default(), &Meter::new())
    });
    (report, oracle)
}

fn assert_exact_in(weather: &str) {
    let (report, oracle) = run_in(weather, "60s");
    let report = report.unwrap_or_else(|err| panic!("{weather}: {err}"));
    oracle.assert_equal(&report, "n02-rpc", weather);
}

fn assert_lost_in(weather: &str, why: &str) {
    match run_in(weather, "1s").0 {
        Err(Error::Lost(sentence)) => assert!(sentence.contains(why), "{sentence}"),
        other => panic!("{weather}: {:?}", other.map(|report| report.lines())),
    }
}

#[test]
fn far_away_and_unsteady() {
    assert_exact_in("delay=3ms,jitter=4ms,seed=1");
}

#[test]
fn a_narrow_line() {
    assert_exact_in("bandwidth=300k");
}

#[test]
fn a_byte_at_a_time() {
    assert_exact_in("drip");
}

#[test]
fn a_hold_shorter_than_the_deadline() {
    assert_exact_in("hold=5k..20k:700ms,seed=2");
}

#[test]
fn a_cut() {
    assert_lost_in("cut=2k..8k,seed=3", "is not known");
}

#[test]
fn a_reset() {
    assert_lost_in("reset=2k..8k,seed=4", "is not known");
}

#[test]
fn a_black_hole() {
    assert_lost_in("blackhole=2k..8k,seed=5", "did not answer in time");
}

#[test]
fn a_black_hole_in_one_direction() {
    assert_lost_in(
        "blackhole=2k..8k,only=down,seed=6",
        "did not answer in time",
    );
}

#[test]
fn a_hold_longer_than_the_deadline() {
    assert_lost_in("hold=2k..8k:20s,seed=7", "did not answer in time");
}

#[test]
fn a_network_that_takes_no_greeting() {
    match run_in("blackhole=0", "1s").0 {
        Err(Error::Refused(why)) => assert!(why.contains("cannot be used"), "{why}"),
        other => panic!("{:?}", other.map(|report| report.lines())),
    }
}
