//! A table that changes while the step runs, one that does not come, and one that does not come any more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use s13_replicate::replica::Published;
use s13_replicate::run;
use traffic::directory::{Config, Directory, Fault, Policy, Server, Stats, Table};
use traffic::generator::{Workload, write_log};
use traffic::oracle::Oracle;
use traffic::testing::in_time;
use traffic::{Input, Meter, Plan, Report, Row};

/// Where nothing is broken: a busy machine must not look like a fault.
const PATIENT: Policy = Policy {
    timeout: Duration::from_secs(60),
    tries: 3,
    backoff: Duration::from_millis(1),
    cooling: Duration::from_millis(10),
    cooling_max: Duration::from_millis(50),
};

fn log(lines: u64) -> Vec<u8> {
    let mut log = Vec::new();
    write_log(Workload::Steady, 3, lines, &mut log, &mut |_| true).expect("memory takes all");
    log
}

fn server(fault: Option<Fault>, changes: Option<Duration>) -> Server {
    let config = Config {
        delay: Duration::from_micros(200),
        fault,
        changes,
        ..Config::default()
    };
    Server::start(config).expect("a server on loopback")
}

/// Runs the step over the log and says what it reported and what it asked.
fn report(log: &[u8], server: &Server, policy: Policy, plan: Plan, what: &str) -> (Report, Stats) {
    let directory = Directory::with_policy(server.address(), policy).expect("an address");
    let input = Input::from_bytes(&[log]).expect("a temporary file");
    in_time("s13-replicate", what, directory, move |directory| {
        let report = run(&input, &directory, &plan, &Meter::new()).expect("a readable log");
        (report, directory.stats())
    })
}

#[test]
fn every_hit_is_counted_under_a_version_that_was_current_meanwhile() {
    let log = log(40_000);
    let oracle: BTreeMap<_, _> = Oracle::of(&[&log]).rows().into_iter().map(counts).collect();
    for workers in [1, 2, 7] {
        let server = server(None, Some(Duration::from_millis(2)));
        let plan = Plan {
            workers,
            refresh: Duration::from_millis(1),
            ..Plan::default()
        };
        let directory = Directory::with_policy(server.address(), PATIENT).expect("an address");
        let first = directory.version().expect("a version");
        let (report, _) = report(&log, &server, PATIENT, plan, "a changing table");
        let last = directory.version().expect("a version");
        assert_eq!((report.lines(), report.unresolved()), (40_000, 0));
        let (mut versions, mut all) = (BTreeSet::new(), BTreeMap::new());
        for mut row in report.rows() {
            let (holder, version) = row.holder.rsplit_once(" #").expect("a version");
            versions.insert(version.parse::<u64>().expect("a number"));
            row.holder = holder.to_owned();
            let (pair, (hits, bytes, errors)) = counts(row);
            let sum: &mut (u64, u128, u64) = all.entry(pair).or_default();
            *sum = (sum.0 + hits, sum.1 + bytes, sum.2 + errors);
        }
        assert!(first <= versions.pop_first().expect("a row"));
        assert!(versions.pop_last().expect("it never noticed a change") <= last);
        assert!(all == oracle, "without its versions it is another report");
    }
}

/// A row as a pair and what was counted for it.
fn counts(row: Row) -> ((String, String), (u64, u128, u64)) {
    ((row.holder, row.route), (row.hits, row.bytes, row.errors))
}

#[test]
fn a_table_that_stays_is_fetched_once() {
    let server = server(None, None);
    let plan = Plan {
        refresh: Duration::ZERO,
        ..Plan::default()
    };
    let log = log(50_000);
    let (report, stats) = report(&log, &server, PATIENT, plan, "a table that stays");
    Oracle::of(&[&log]).assert_equal(&report, "s13-replicate", "a table that stays");
    assert!(stats.requests > 2, "it never looked");
    assert_eq!((stats.keys, stats.failures), (0, 0));
}

/// The copy outlives the directory: what was true is better than nothing.
#[test]
fn a_directory_that_dies_is_not_missed() {
    let dies = Fault::Die {
        after: 1,
        returns_after: None,
    };
    let server = server(Some(dies), None);
    let plan = Plan {
        refresh: Duration::from_millis(1),
        ..Plan::default()
    };
    let log = log(50_000);
    let (report, stats) = report(&log, &server, PATIENT, plan, "a directory that dies");
    Oracle::of(&[&log]).assert_equal(&report, "s13-replicate", "a directory that dies");
    assert!(stats.failures > 0, "it never looked");
}

/// Unresolved before it returns, resolved after, and never wrong.
#[test]
fn a_directory_that_comes_late_is_noticed() {
    let late = Fault::Die {
        after: 0,
        returns_after: Some(Duration::from_millis(100)),
    };
    let server = server(Some(late), None);
    let plan = Plan {
        refresh: Duration::from_millis(1),
        ..Plan::default()
    };
    let directory = Directory::with_policy(server.address(), PATIENT).expect("an address");
    let log = log(20_000);
    // Slow enough to be still reading when the directory returns.
    let input = Input::from_bytes(&[&log]).expect("a temporary file");
    let input = input.paced("20k".parse().expect("a pace"));
    let report = in_time(
        "s13-replicate",
        "a late directory",
        directory,
        move |directory| run(&input, &directory, &plan, &Meter::new()).expect("a readable log"),
    );
    Oracle::of(&[&log]).assert_equal_but_unresolved(&report, "s13-replicate", "a late directory");
    let (unresolved, lines) = (report.unresolved(), report.lines());
    assert!(
        0 < unresolved && unresolved < lines,
        "{unresolved} of {lines}"
    );
}

/// The end of a run does not wait for the next look at the version.
#[test]
fn nobody_waits_for_the_refresher() {
    let server = server(None, None);
    let plan = Plan {
        refresh: Duration::from_secs(3600),
        ..Plan::default()
    };
    let log = log(10);
    let (report, stats) = report(&log, &server, PATIENT, plan, "a refresher that sleeps");
    assert_eq!((report.lines(), stats.requests), (10, 1));
}

/// Each version a reader is given is one that was published, and none comes before an earlier one.
#[test]
fn versions_never_go_backwards() {
    let published = Published::new();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let (mut replica, mut last) = (published.replica(), 0);
                while !is_over.load(Ordering::Relaxed) {
                    let version = replica.newest().map_or(0, Table::version);
                    assert!(version >= last, "{version} after {last}");
                    last = version;
                }
                last
            });
        }
        for version in 1..1_000 {
            published.publish(Table::iana().with_version(version));
        }
        is_over.store(true, Ordering::Relaxed);
    });
    let mut replica = published.replica();
    assert_eq!(replica.newest().map(Table::version), Some(999));
    let shared = Arc::new(());
    let counts = Published::new();
    counts.publish(Arc::clone(&shared));
    counts.publish(Arc::new(()));
    assert_eq!(Arc::strong_count(&shared), 1, "the old version is kept");
}
