//! Real hosts: two workers on two of them, with keys, and the run on a third. One is cut off, for a moment, for
//! longer, and for good, and the report is exact.

mod common;

use std::thread;
use std::time::Duration;

use common::PROGRAM;
use common::program::Program;
use n03_failure::keys;
use tempfile::TempDir;
use weather::cluster::{Cluster, at_work, rows};
use weather::hosts::{Host, Switch, inside};

/// What every run reads, and how many lines of it.
const LOG: [&str; 5] = ["--workload", "steady", "--range", "50", "--lines"];
const LINES: u64 = 6_000;

/// A run on so many lines, at a pace that leaves time to pull a cable.
fn run(cluster: &Cluster, lines: u64) -> Host {
    cluster.run(&[&LOG[..], &[&lines.to_string(), "--rate", "3k"]].concat())
}

/// The cluster, and the folder that its keys are in.
fn start(switch: Switch) -> (TempDir, Cluster) {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = folder.path().join("keys");
    keys::make(&ours).expect("a new folder");
    (folder, Cluster::start(switch, PROGRAM, &ours))
}

/// Asserts that a run ends well, and with the rows that it has on one host; gives what it told.
fn assert_exact(run: Host, lines: u64) -> String {
    let here = Program::run(&[&LOG[..], &[&lines.to_string(), "--format=json"]].concat());
    // Not with `assert_eq`, which would print both reports.
    let (rows, told) = rows(run, lines);
    assert!(rows == here.report().0, "the rows are wrong: {told}");
    told
}

#[test]
fn a_report_from_three_hosts_is_exact() {
    let Some(switch) = inside("a_report_from_three_hosts_is_exact") else {
        return;
    };
    let (_folder, cluster) = start(switch);
    assert_exact(run(&cluster, LINES), LINES);
}

#[test]
fn a_host_that_is_cut_off_for_good_is_done_without() {
    let Some(switch) = inside("a_host_that_is_cut_off_for_good_is_done_without") else {
        return;
    };
    let (_folder, cluster) = start(switch);
    // On a busy machine a run may be over before the cable is pulled: then the next is longer.
    for times in [1, 2, 4, 8, 16] {
        let lines = LINES * times;
        let mut run = run(&cluster, lines);
        at_work(&mut run);
        cluster.workers[1].pull();
        let told = assert_exact(run, lines);
        if told.contains("worker 2 of lookup (at 10.77.0.2:7000) was silent for 1 s") {
            return;
        }
        cluster.workers[1].plug();
    }
    panic!("no run has noticed");
}

#[test]
fn a_host_that_is_cut_off_and_joined_again_counts_nothing_twice() {
    let name = "a_host_that_is_cut_off_and_joined_again_counts_nothing_twice";
    let Some(switch) = inside(name) else {
        return;
    };
    let (_folder, cluster) = start(switch);
    // Shorter than the silence after which it is given up, and longer.
    for cut in [300, 1_500] {
        let mut run = run(&cluster, LINES);
        at_work(&mut run);
        cluster.workers[0].pull();
        thread::sleep(Duration::from_millis(cut));
        cluster.workers[0].plug();
        assert_exact(run, LINES);
    }
}
