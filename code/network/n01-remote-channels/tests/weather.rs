//! Through every kind of weather, in the clear and over TLS: an exact report, or one sentence, and never a
//! hang.

use std::sync::Arc;

use crate::common::joined::Joined;
use crate::common::{here, process, run_with};
use n01_remote_channels::keys;
use tempfile::TempDir;
use traffic::directory::{Config, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::testing::{check_each_once, in_time};
use traffic::{Directory, Error, Input, Meter, Plan, Report};

/// Two workers behind the weather.
enum Workers {
    /// Children, in the clear.
    Started,
    /// Workers that were there already, over TLS.
    Joined([Joined; 2], TempDir),
}

impl Workers {
    fn over_tls() -> Workers {
        let folder = tempfile::tempdir().expect("a folder");
        keys::make(&folder.path().join("ours")).expect("a new folder");
        let start = || Joined::start(Some(&folder.path().join("ours")));
        Workers::Joined([start(), start()], folder)
    }

    fn flags(&self, weather: &str) -> Vec<(&'static str, String)> {
        let mut own = match self {
            Workers::Started => vec![process(), process()],
            Workers::Joined(workers, folder) => {
                let places = workers.each_ref().map(|worker| ("place", worker.place()));
                let keys = folder.path().join("ours").display().to_string();
                [&places[..], &[("keys", keys)]].concat()
            }
        };
        own.push(("weather", weather.to_owned()));
        own
    }
}

/// Runs on a generated log with two workers behind such weather, and perhaps one in front of it.
fn run_in(weather: &str, workers: &Workers, with_here: bool) -> (Result<Report, Error>, Oracle) {
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
    let mut own = workers.flags(weather);
    own.extend(with_here.then(here));
    let what = format!("the weather {weather}");
    let report = in_time("n01-remote-channels", &what, directory, move |directory| {
        let input = Input::from_bytes(&[&log]).expect("a temporary file");
        run_with(own, &input, &directory, &Plan::default(), &Meter::new())
    });
    (report, oracle)
}

fn assert_exact_in(weather: &str) {
    // Both mostly wait.
    std::thread::scope(|scope| {
        for workers in [Workers::Started, Workers::over_tls()] {
            scope.spawn(move || {
                let (report, oracle) = run_in(weather, &workers, false);
                let report = report.unwrap_or_else(|err| panic!("{weather}: {err}"));
                oracle.assert_equal(&report, "n01-remote-channels", weather);
            });
        }
    });
}

fn assert_lost_in(weather: &str) {
    assert_lost_with(weather, &Workers::Started);
}

fn assert_lost_with(weather: &str, workers: &Workers) {
    match run_in(weather, workers, true).0 {
        Err(Error::Lost(why)) => assert!(why.contains("is lost: "), "{why}"),
        other => panic!("{weather}: {:?}", other.map(|report| report.lines())),
    }
}

const FAR: &str = "delay=3ms,jitter=4ms,seed=1";
const NARROW: &str = "bandwidth=300k";
const DRIP: &str = "drip";
const HELD: &str = "hold=5k..40k:700ms,seed=2";

#[test]
fn far_away_and_unsteady() {
    assert_exact_in(FAR);
}

#[test]
fn a_narrow_line() {
    assert_exact_in(NARROW);
}

#[test]
fn a_byte_at_a_time() {
    assert_exact_in(DRIP);
}

#[test]
fn a_hold_shorter_than_the_patience() {
    assert_exact_in(HELD);
}

#[test]
fn a_cut() {
    assert_lost_in("cut=2k..8k,seed=3");
}

#[test]
fn a_reset() {
    assert_lost_in("reset=2k..8k,seed=4");
}

#[test]
fn a_black_hole() {
    assert_lost_in("blackhole=2k..8k,seed=5");
}

#[test]
fn a_black_hole_in_one_direction() {
    assert_lost_in("blackhole=2k..8k,only=down,seed=6");
}

#[test]
fn a_hold_longer_than_the_patience() {
    assert_lost_in("hold=2k..8k:20s,seed=7");
}

/// TLS has an end of its own, and its handshake is the first thing that the weather meets.
#[test]
fn what_ends_a_connection_ends_one_over_tls() {
    let workers = Workers::over_tls();
    for weather in [
        "cut=8k..12k,seed=3",
        "reset=8k..12k,seed=4",
        "blackhole=8k..12k,seed=5",
    ] {
        assert_lost_with(weather, &workers);
    }
}

#[test]
fn a_network_that_takes_no_greeting() {
    // Both are waited for.
    std::thread::scope(|scope| {
        for (workers, sentence) in [
            (Workers::Started, "it said nothing for 5 s"),
            (Workers::over_tls(), "it does not answer in TLS"),
        ] {
            scope.spawn(move || match run_in("blackhole=0", &workers, false).0 {
                Err(Error::Refused(why)) => assert!(why.contains(sentence), "{why}"),
                other => panic!("{:?}", other.map(|report| report.lines())),
            });
        }
    });
}

/// All of it with all of it: `cargo test -p n01-remote-channels --test together weather -- --ignored`.
#[test]
#[ignore = "takes minutes"]
fn every_workload_and_fault_in_all_weather() {
    for workers in [Workers::Started, Workers::over_tls()] {
        for weather in [FAR, NARROW, DRIP, HELD] {
            let own = workers.flags(weather);
            check_each_once(weather, move |input, directory, plan, meter| {
                run_with(own.clone(), input, directory, plan, meter)
            });
        }
    }
}
