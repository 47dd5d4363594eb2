//! What dies with what, and what is known then: workers end with their run however it ends, and a run whose
//! worker ends says so.

use std::io::Write;
use std::time::Instant;

use crate::common::program::{Program, is_running, until};
use rustix::process::{Pid, Signal, kill_process};
use traffic::generator::{Workload, write_log};

/// A run that takes far longer than any test waits, with two workers.
const LONG: [&str; 9] = [
    "--lines",
    "60k",
    "--rate",
    "2k",
    "--place",
    "lookup=process",
    "--place",
    "lookup=process",
    "--events",
];

/// A second is promised; a machine with nothing to spare takes longer to end a process, and to look.
fn assert_end_soon(children: &[Pid]) {
    let start = Instant::now();
    until("end of the workers", || {
        !children.iter().any(|&child| is_running(child))
    });
    println!("they had ended after {:?}", start.elapsed());
}

#[test]
fn workers_end_with_a_run_that_is_killed() {
    let run = Program::start(&LONG);
    let children = run.children(2);
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    assert_end_soon(&children);
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_is_stopped_ends_with_its_run_too() {
    let run = Program::start(&LONG);
    let children = run.at_work(2);
    kill_process(children[0], Signal::STOP).expect("it runs");
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    assert_end_soon(&children);
}

#[test]
fn nothing_is_left_of_a_run_that_ends_well() {
    // Its input has no end before its worker was seen.
    let (input, mut log) = std::io::pipe().expect("a pipe");
    let mut write = |lines| {
        write_log(Workload::Steady, 1, lines, &mut log, &mut |_| true).expect("it is read");
    };
    write(100);
    let run = Program::start_reading(input, &["-", "--place", "lookup=process", "--format=json"]);
    let children = run.children(1);
    write(20_000);
    drop(log);
    let ended = run.ended();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.report().1, 20_100);
    assert_eq!(ended.stderr, "");
    assert!(!children.iter().any(|&child| is_running(child)));
}

#[test]
fn an_interrupt_ends_the_input_and_the_workers_drain() {
    let run = Program::start(&LONG);
    let children = run.at_work(2);
    run.signal(Signal::INT);
    let ended = run.ended();
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    let (rows, lines) = ended.report();
    let hits = rows
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["hits"].as_u64());
    assert_eq!(hits.sum::<Option<u64>>(), Some(lines));
    assert!(!children.iter().any(|&child| is_running(child)));
}

#[test]
fn a_worker_that_is_killed_is_an_error_and_no_report() {
    let run = Program::start(&LONG);
    let children = run.at_work(2);
    kill_process(children[1], Signal::KILL).expect("it runs");
    let ended = run.ended();
    ended.assert_refused(1, "is lost: it ended early, with signal: 9");
    assert!(ended.stderr.contains("of lookup (process "), "{ended:?}");
    assert!(!children.iter().any(|&child| is_running(child)));
}

#[test]
fn a_worker_that_is_killed_is_an_error_though_the_input_is_quiet() {
    let (input, mut quiet) = std::io::pipe().expect("a pipe");
    let line = br#"8.8.8.8 - - [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 2326"#;
    quiet.write_all(&[&line[..], b"\n"].concat()).expect("open");
    let arguments = ["-", "--place", "lookup=process", "--events"];
    let run = Program::start_reading(input, &arguments);
    let children = run.at_work(1);
    kill_process(children[0], Signal::KILL).expect("it runs");
    run.ended()
        .assert_refused(1, "is lost: it ended early, with signal: 9");
}

#[test]
fn a_worker_that_is_stopped_is_an_error_when_it_has_been_silent_for_too_long() {
    let run = Program::start(&LONG);
    let children = run.at_work(2);
    kill_process(children[0], Signal::STOP).expect("it runs");
    let ended = run.ended();
    ended.assert_refused(1, "is lost: it was silent for 5 s");
    assert!(!children.iter().any(|&child| is_running(child)));
}

#[test]
fn a_run_that_is_told_to_end_ends_though_its_worker_is_silent() {
    let run = Program::start(&LONG);
    let children = run.at_work(2);
    kill_process(children[0], Signal::STOP).expect("it runs");
    run.signal(Signal::TERM);
    // With an error if the worker had jobs, and with a report if not: it ends.
    let ended = run.ended();
    assert!(!ended.status.success(), "{ended:?}");
    assert!(!children.iter().any(|&child| is_running(child)));
}
