//! Workers that are there already: joined over TCP, on loopback without keys and with.

use std::path::Path;

use crate::common::joined::Joined;
use crate::common::program::{Program, until};
use n03_failure::keys;
use rustix::process::Signal;

const LOG: [&str; 5] = ["--lines", "5k", "--workload", "messy", "--format=json"];

fn run(own: &[&str]) -> crate::common::program::Ended {
    Program::run(&[&LOG[..], own].concat())
}

#[test]
fn a_worker_serves_one_run_after_another_and_two_at_once() {
    let worker = Joined::start(None);
    let place = worker.place();
    let alone = run(&[]).report();
    assert_eq!(run(&["--place", &place]).report(), alone);
    assert_eq!(
        run(&[
            "--place",
            &place,
            "--place",
            &place,
            "--place",
            "lookup=here"
        ])
        .report(),
        alone
    );
}

#[test]
fn a_worker_outlives_a_run_that_is_killed() {
    let worker = Joined::start(None);
    let place = worker.place();
    let killed = Program::start(&["--lines", "60k", "--rate", "2k", "--place", &place]);
    until("worker at work", || killed.told().contains("is at work"));
    killed.signal(Signal::KILL);
    killed.ended();
    assert_eq!(run(&["--place", &place]).report(), run(&[]).report());
}

#[test]
fn with_keys_both_sides_prove_who_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ours, others) = (folder.path().join("ours"), folder.path().join("others"));
    keys::make(&ours).expect("a new folder");
    keys::make(&others).expect("a new folder");
    let worker = Joined::start(Some(&ours));
    let place = worker.place();
    let with = |keys: &Path| run(&["--place", &place, "--keys", &keys.display().to_string()]);
    assert_eq!(with(&ours).report(), run(&[]).report());
    // A run of other keys does not believe the worker, whose certificate its authority has not signed.
    with(&others).assert_refused(2, "invalid peer certificate");
    // A run without keys is not understood.
    run(&["--place", &place]).assert_refused(2, "cannot be used");
    // A run that trusts the worker and cannot prove itself: other keys, and our authority.
    std::fs::copy(ours.join(keys::AUTHORITY), others.join(keys::AUTHORITY)).expect("copied");
    with(&others).assert_refused(2, "cannot be used");
    // A worker's keys are no run's.
    for kind in ["pem", "key"] {
        let (from, to) = (
            ours.join(format!("worker.{kind}")),
            others.join(format!("run.{kind}")),
        );
        std::fs::copy(from, to).expect("copied");
    }
    with(&others).assert_refused(2, "cannot be used");
    let missing = folder.path().join("none");
    with(&missing).assert_refused(2, "cannot read");
}

#[test]
fn a_worker_without_keys_is_not_spoken_to_in_the_clear_by_a_run_with_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = folder.path().join("ours");
    keys::make(&ours).expect("a new folder");
    let worker = Joined::start(None);
    let keys = ours.display().to_string();
    run(&["--place", &worker.place(), "--keys", &keys]).assert_refused(2, "cannot be used");
}

#[test]
fn a_worker_ends_when_it_is_interrupted() {
    let mut worker = Joined::start(None);
    let pid = crate::common::program::pid(worker.child.id());
    rustix::process::kill_process(pid, Signal::INT).expect("it runs");
    until("end of the worker", || {
        worker.child.try_wait().expect("a child").is_some()
    });
}
