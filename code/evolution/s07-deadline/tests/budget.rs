//! What a budget must keep: a directory that hangs or dies costs little, and nothing is lost.
//!
//! Time is not asserted but made to matter: the directory's own patience is an hour, so a run that
//! relied on it would not end within the tests' limit.

use std::time::Duration;

use traffic::directory::{Config, Directory, Fault, Policy, Server};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::testing::in_time;
use traffic::{Input, Meter, Plan, Report};

const STEP: &str = "s07_deadline::run";

const HOUR: Duration = Duration::from_secs(3600);

fn server(delay: Duration, fault: Option<Fault>) -> Server {
    Server::start(Config {
        delay,
        fault,
        ..Config::default()
    })
    .expect("a server on loopback")
}

fn log(workload: Workload, lines: u64) -> Vec<u8> {
    let mut log = Vec::new();
    write_log(workload, 1, lines, &mut log, &mut |_| true).expect("memory takes all");
    log
}

/// Runs the step; a pace makes the lines due at their times.
fn run(
    what: &str,
    directory: &Directory,
    log: &[u8],
    pace: Option<&str>,
    workers: usize,
) -> Report {
    let input = Input::from_bytes(&[log]).expect("a temporary file");
    let input = match pace {
        Some(pace) => input.paced(pace.parse().expect("a pace")),
        None => input,
    };
    let plan = Plan {
        workers,
        ..Plan::default()
    };
    in_time(STEP, what, directory.clone(), move |directory| {
        s07_deadline::run(&input, &directory, &plan, &Meter::new()).expect("the log is readable")
    })
}

#[test]
fn a_directory_that_hangs_is_waited_for_once() {
    let patient = Policy {
        timeout: HOUR,
        cooling: HOUR,
        cooling_max: HOUR,
        ..Policy::default()
    };
    let server = server(Duration::ZERO, Some(Fault::Hang));
    let directory = Directory::with_policy(server.address(), patient).expect("an address");
    let log = log(Workload::Cold, 3_000);
    let report = run("a directory that hangs", &directory, &log, None, 8);
    assert_eq!((report.lines(), report.unresolved()), (3_000, 3_000));
    // Eight were in flight when it fell silent, each with a second attempt.
    assert!(server.requests() <= 16, "{} requests", server.requests());
}

#[test]
fn a_directory_that_returns_is_asked_again_and_rarely_before() {
    let server = server(
        Duration::ZERO,
        Some(Fault::Die {
            after: 200,
            returns_after: Some(Duration::from_millis(500)),
        }),
    );
    let directory = Directory::at(server.address()).expect("an address");
    let log = log(Workload::Cold, 4_000);
    let report = run("a directory that returns", &directory, &log, Some("1k"), 8);
    Oracle::of(&[&log]).assert_equal_but_unresolved(&report, STEP, "a directory that returns");
    let (asked, lost) = (server.keys(), report.unresolved());
    assert!(lost > 0, "it never died");
    assert!(
        asked > 1_000,
        "only {asked} were asked: it was never found again"
    );
    let failures = directory.stats().failures;
    assert!(
        failures < lost / 2,
        "{failures} failures for {lost} lines: the breaker stayed closed"
    );
}

#[test]
fn lines_that_have_waited_too_long_are_not_asked_for() {
    // At most a hundred answers a second, one after the other, and two thousand clients a second.
    let server = server(Duration::from_millis(10), None);
    let directory = Directory::at(server.address()).expect("an address");
    let log = log(Workload::Cold, 4_000);
    let report = run("an overload", &directory, &log, Some("2k"), 1);
    Oracle::of(&[&log]).assert_equal_but_unresolved(&report, STEP, "an overload");
    let (asked, shed) = (server.requests(), report.unresolved());
    assert!(shed > 2_000, "only {shed} were shed");
    assert!(asked < 1_000, "{asked} were asked for");
    assert_eq!(directory.stats().failures, 0, "the directory was blamed");
}

#[test]
fn a_directory_that_is_slow_now_and_then_is_asked_a_little_more_and_loses_nothing() {
    let server = server(Duration::from_micros(500), Some(Fault::Slow));
    let directory = Directory::at(server.address()).expect("an address");
    let log = log(Workload::Cold, 4_000);
    let report = run("a slow directory", &directory, &log, None, 8);
    Oracle::of(&[&log]).assert_equal(&report, STEP, "a slow directory");
    let extra = server.requests() - 4_000;
    assert!(
        extra >= 20,
        "only {extra} second attempts for 40 slow answers"
    );
    assert!(extra < 1_000, "{extra} second attempts for 4,000 lookups");
}
