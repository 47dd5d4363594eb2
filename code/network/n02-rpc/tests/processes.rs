//! What dies with what, and what is known then: services end with their run however it ends, and a run whose
//! service ends says so.

mod common;

use std::time::{Duration, Instant};

use common::program::{Ended, Program, is_running, until};
use rustix::process::{Pid, Signal, kill_process};

/// A run that takes far longer than any test waits, with two hops.
const LONG: [&str; 9] = [
    "--lines",
    "60k",
    "--rate",
    "2k",
    "--place",
    "front=process",
    "--place",
    "directory=process",
    "--format=json",
];

/// The processes of both services: the directory is started first.
fn services(run: &Program) -> (Pid, Pid) {
    let mut children = run.children(2);
    children.sort_by_key(|child| child.as_raw_pid());
    (children[1], children[0])
}

/// Asserts that a run whose service was lost says so, and has no report. A service that is killed or stopped so early that it has
/// not greeted yet is told by another sentence, and by each process that has met it.
fn assert_lost(ended: &Ended, sentence: &str) {
    if ended.stderr.contains("cannot be used: ") {
        assert!(matches!(ended.status.code(), Some(1 | 2)), "{ended:?}");
        assert_eq!(ended.stdout, "", "{ended:?}");
    } else {
        ended.assert_refused(1, sentence);
    }
}

fn assert_end_within_a_second(children: &[Pid]) {
    let start = Instant::now();
    until("end of the services", || {
        !children.iter().any(|&child| is_running(child))
    });
    // The one time that is promised; a machine with nothing to spare may take longer to look.
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

/// Two hops, a short deadline, and no end.
fn long_with_a_deadline_of(deadline: &str) -> Program {
    Program::start(&[&LONG[..], &["--deadline", deadline]].concat())
}

#[test]
fn services_end_with_a_run_that_is_killed() {
    let run = Program::start(&LONG);
    let (front, directory) = services(&run);
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    assert_end_within_a_second(&[front, directory]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_service_that_is_stopped_ends_with_its_run_too() {
    let run = Program::start(&LONG);
    let (front, directory) = services(&run);
    kill_process(front, Signal::STOP).expect("it runs");
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    assert_end_within_a_second(&[front, directory]);
}

#[test]
fn nothing_is_left_of_a_run_that_ends_well() {
    let run = Program::start(&[
        "--lines",
        "20k",
        "--rate",
        "20k",
        "--place",
        "front=process",
        "--place",
        "directory=process",
        "--format=json",
    ]);
    let (front, directory) = services(&run);
    let ended = run.ended();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.report().1, 20_000);
    assert_eq!(ended.stderr, "");
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn an_interrupt_ends_the_input_and_the_calls_drain() {
    let run = Program::start(&LONG);
    let (front, directory) = services(&run);
    run.signal(Signal::INT);
    let ended = run.ended();
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    let (rows, lines) = ended.report();
    let rows = rows.as_array().expect("rows").iter();
    let hits = rows.map(|row| row["hits"].as_u64());
    assert_eq!(hits.sum::<Option<u64>>(), Some(lines));
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn a_front_that_is_killed_is_an_error_and_no_report() {
    let run = Program::start(&LONG);
    let (front, directory) = services(&run);
    kill_process(front, Signal::KILL).expect("it runs");
    let ended = run.ended();
    assert_lost(&ended, "ended early, with signal: 9");
    assert!(ended.stderr.contains("the front "), "{ended:?}");
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn a_directory_that_is_killed_two_hops_away_is_an_error_that_names_it() {
    let run = Program::start(&LONG);
    let (front, directory) = services(&run);
    kill_process(directory, Signal::KILL).expect("it runs");
    let ended = run.ended();
    assert_lost(&ended, "the directory is gone");
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn a_front_that_is_stopped_is_an_error_at_the_deadline() {
    let run = long_with_a_deadline_of("500ms");
    let (front, directory) = services(&run);
    kill_process(front, Signal::STOP).expect("it runs");
    assert_lost(&run.ended(), "did not answer in time");
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn a_directory_that_is_stopped_two_hops_away_is_an_error_at_the_same_deadline() {
    let run = long_with_a_deadline_of("500ms");
    let (front, directory) = services(&run);
    kill_process(directory, Signal::STOP).expect("it runs");
    assert_lost(&run.ended(), "did not answer in time");
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn a_run_that_is_told_to_end_ends_though_its_front_is_silent() {
    let run = long_with_a_deadline_of("1s");
    let (front, directory) = services(&run);
    kill_process(front, Signal::STOP).expect("it runs");
    run.signal(Signal::TERM);
    // With an error if the front was asked, and with a report if not: it ends.
    let ended = run.ended();
    assert!(!ended.status.success(), "{ended:?}");
    assert!(![front, directory].into_iter().any(is_running));
}
