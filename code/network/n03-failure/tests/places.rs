//! Every workload and every fault, wherever the work is: in one process, in two, in four, with workers that
//! were there already, and with some of them over TLS.

use crate::common::joined::Joined;
use crate::common::{here, process, run_with, small};
use n03_failure::keys;
use traffic::testing::check_each_once;

fn check(what: &'static str, own: Vec<(&'static str, String)>) {
    check_each_once(what, move |input, directory, plan, meter| {
        let own = [&own[..], &[small()]].concat();
        run_with(own, input, directory, plan, meter)
    });
}

#[test]
fn one_process() {
    check("the work here", vec![here()]);
}

#[test]
fn two_processes() {
    check("the work in a process", vec![process()]);
}

#[test]
fn four_processes() {
    check(
        "the work in three processes",
        vec![process(), process(), process()],
    );
}

#[test]
fn here_and_elsewhere() {
    check("the work here and in a process", vec![here(), process()]);
}

#[test]
fn two_workers_that_were_there() {
    let workers = [Joined::start(None), Joined::start(None)];
    let places = workers.each_ref().map(|worker| ("place", worker.place()));
    check("the work in two joined workers", places.into());
}

#[test]
fn two_workers_over_tls() {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = folder.path().join("ours");
    keys::make(&ours).expect("a new folder");
    let workers = [Joined::start(Some(&ours)), Joined::start(Some(&ours))];
    let places = workers.each_ref().map(|worker| ("place", worker.place()));
    let keys = ("keys", ours.display().to_string());
    check(
        "the work in two workers over TLS",
        [&places[..], &[keys]].concat(),
    );
}

#[test]
fn without_acknowledgements() {
    let ack = ("ack", "none".to_owned());
    // No worker may be taken for lost because the machine is busy: that would be the end of the run.
    let silence = ("silence", "5s".to_owned());
    check(
        "the work here and in two processes, unacknowledged",
        vec![here(), process(), process(), ack, silence],
    );
}

/// As a path it would be the folder that the user is in.
#[test]
fn keys_go_into_a_folder_that_has_a_name() {
    let here = tempfile::tempdir().expect("a folder");
    let refused = std::process::Command::new(traffic::step_program!())
        .args(["--make-keys", ""])
        .current_dir(here.path())
        .output()
        .expect("it starts");
    assert_eq!(refused.status.code(), Some(2));
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(told.contains("needs the name of a folder"), "{told}");
    assert_eq!(here.path().read_dir().expect("a folder").count(), 0);
}
