//! What dies with what: servers end with their run however it ends, and a run does not end with a server.

use std::time::{Duration, Instant};

use crate::common::program::{Ended, Program, is_running, until};
use rustix::process::{Pid, Signal, kill_process};

const SERVER: [&str; 2] = ["--place", "server=process"];

/// A run of so many lines, which come by the clock, with so many servers.
fn start(servers: usize, lines: &str, own: &[&str]) -> (Program, Vec<Pid>) {
    let mut arguments = vec![
        "--lines",
        lines,
        "--rate",
        "4k",
        "--batch",
        "4",
        "--format=json",
    ];
    (0..servers).for_each(|_| arguments.extend(SERVER));
    arguments.extend(own);
    let run = Program::start(&arguments);
    let children = run.children(servers);
    (run, children)
}

/// Sends a signal to servers in the middle of a run. Where the machine is so busy that they have not greeted yet, or are
/// at their end, the run says so, or is exact.
fn strike(servers: &[Pid], signal: Signal) {
    std::thread::sleep(Duration::from_millis(700));
    for &server in servers {
        let _ = kill_process(server, signal);
    }
}

/// A server that is killed or stopped so early that it has not greeted yet is told by another sentence, before any
/// work.
fn was_too_early(ended: &Ended) -> bool {
    let early = ended.stderr.contains("cannot be used: ") || ended.stderr.contains("ended early");
    assert!(
        !early || matches!(ended.status.code(), Some(1 | 2)),
        "{ended:?}"
    );
    early
}

#[test]
fn servers_end_with_a_run_that_is_killed() {
    let (run, servers) = start(3, "8k", &[]);
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    let start = Instant::now();
    until("end of the servers", || {
        !servers.iter().any(|&server| is_running(server))
    });
    // The one time that is promised; a machine with nothing to spare may take longer to look.
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn nothing_is_left_of_a_run_that_ends_well() {
    let (run, servers) = start(4, "8k", &["--replicas", "2"]);
    let ended = run.ended();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.report().1, 8_000);
    assert_eq!(ended.stderr, "");
    assert!(!servers.into_iter().any(is_running));
}

#[test]
fn a_server_that_is_killed_is_not_missed() {
    let alone = Program::run(&["--lines", "8k", "--format=json"]).report();
    for replicas in ["1", "2"] {
        let (run, servers) = start(4, "8k", &["--replicas", replicas]);
        strike(&servers[1..2], Signal::KILL);
        let ended = run.ended();
        if !was_too_early(&ended) {
            assert!(ended.status.success(), "{ended:?}");
            assert_eq!(ended.report(), alone);
        }
        assert!(!servers.into_iter().any(is_running));
    }
}

#[test]
fn a_run_whose_last_server_is_killed_ends_with_a_sentence() {
    let (run, servers) = start(2, "60k", &[]);
    strike(&servers, Signal::KILL);
    let ended = run.ended();
    if !was_too_early(&ended) {
        // What it told of each server before is there, too.
        assert_eq!(ended.status.code(), Some(1), "{ended:?}");
        assert!(
            ended.stderr.contains("the last server is gone"),
            "{ended:?}"
        );
        assert_eq!(ended.stdout, "", "{ended:?}");
    }
}

#[test]
fn a_server_that_is_stopped_and_has_no_replica_is_an_error_at_the_deadline() {
    let (run, servers) = start(2, "60k", &["--deadline", "1s"]);
    strike(&servers[..1], Signal::STOP);
    let ended = run.ended();
    if !was_too_early(&ended) {
        ended.assert_refused(1, "did not answer in time");
    }
    assert!(!servers.into_iter().any(is_running));
}
