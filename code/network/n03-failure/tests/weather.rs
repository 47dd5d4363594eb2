//! Through every kind of weather the report is exact: where the parent says that a worker is lost, its ranges
//! are done again.

use std::sync::Arc;

use crate::common::{process, run_with};
use traffic::directory::{Config, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::testing::in_time;
use traffic::{Directory, Input, Meter, Plan};

/// Runs on a generated log with two workers behind such weather.
fn assert_exact_in(weather: &str) {
    let mut log = Vec::new();
    write_log(Workload::Messy, 11, 3_000, &mut log, &mut |_| true).expect("memory takes all");
    let oracle = Oracle::of(&[&log]);
    let table = Arc::new(Table::iana());
    let server = Server::start(Config {
        delay: std::time::Duration::from_micros(100),
        table,
        ..Config::default()
    });
    let server = server.expect("a server on loopback");
    let directory = Directory::at(server.address()).expect("an address");
    let own = vec![
        process(),
        process(),
        ("weather", weather.to_owned()),
        ("range", "100".into()),
        ("silence", "300ms".into()),
    ];
    let what = format!("the weather {weather}");
    let report = in_time("n03-failure", &what, directory, move |directory| {
        let input = Input::from_bytes(&[&log]).expect("a temporary file");
        run_with(own, &input, &directory, &Plan::default(), &Meter::new())
    });
    let report = report.unwrap_or_else(|err| panic!("{weather}: {err}"));
    oracle.assert_equal(&report, "n03-failure", weather);
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
fn a_hold_shorter_than_the_patience() {
    assert_exact_in("hold=5k..40k:200ms,seed=2");
}

#[test]
fn a_hold_longer_than_the_patience_after_which_all_comes_late() {
    assert_exact_in("hold=50k..90k:900ms,seed=7");
}

#[test]
fn a_cut() {
    assert_exact_in("cut=2k..80k,seed=3");
}

#[test]
fn a_reset() {
    assert_exact_in("reset=2k..80k,seed=4");
}

#[test]
fn a_black_hole() {
    assert_exact_in("blackhole=2k..80k,seed=5");
}

#[test]
fn a_black_hole_in_one_direction() {
    assert_exact_in("blackhole=2k..8k,only=down,seed=6");
}

#[test]
fn a_network_that_takes_no_greeting() {
    assert_exact_in("blackhole=0");
}
