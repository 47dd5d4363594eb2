//! Processes that are killed and stopped, by hand: the workers, whose run is exact, and the run, whose workers
//! end with it. (By dice, and many more: `kills.rs`.)

mod common;

use std::time::{Duration, Instant};

use common::program::{Ended, Program, is_running, until};
use rustix::process::{Pid, Signal, kill_process};

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
    "--format=json",
];

/// A run of two seconds.
const SHORT: [&str; 9] = [
    "--lines",
    "6k",
    "--rate",
    "3k",
    "--range",
    "50",
    "--delay",
    "20ms",
    "--format=json",
];

const PROCESS: [&str; 2] = ["--place", "lookup=process"];

/// How a run of two seconds ends to which something is done, and how long after that.
fn after(own: &[&str], act: impl FnOnce(&Program)) -> (Ended, Duration) {
    let run = Program::start(&[&SHORT[..], own].concat());
    act(&run);
    let acted = Instant::now();
    let ended = run.ended();
    assert!(ended.status.success(), "{ended:?}");
    (ended, acted.elapsed())
}

fn assert_exact(ended: &Ended) {
    assert_eq!(
        ended.report(),
        Program::run(&SHORT[..]).report(),
        "{ended:?}"
    );
}

fn kill(child: Pid) {
    kill_process(child, Signal::KILL).expect("it runs");
}

fn assert_end_within_a_second(children: &[Pid]) {
    let start = Instant::now();
    until("end of the workers", || {
        !children.iter().any(|&child| is_running(child))
    });
    // The one time that is promised; a machine with nothing to spare may take longer to look.
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn workers_end_with_a_run_that_is_killed() {
    let run = Program::start(&LONG);
    let children = run.children(2);
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    assert_end_within_a_second(&children);
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_was_stopped_and_the_one_in_its_place_end_with_a_run_that_is_killed() {
    let run = Program::start(&LONG);
    let children = run.children(2);
    kill_process(children[0], Signal::STOP).expect("it runs");
    let mut children = children;
    until("a worker in its place", || {
        let workers = run.workers();
        let is_new = workers.iter().any(|worker| !children.contains(worker));
        is_new.then(|| children.extend(workers)).is_some()
    });
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    assert_end_within_a_second(&children);
}

#[test]
fn an_interrupt_ends_the_input_and_the_workers_drain_though_one_is_stopped() {
    let run = Program::start(&LONG);
    let children = run.children(2);
    kill_process(children[0], Signal::STOP).expect("it runs");
    run.signal(Signal::INT);
    let ended = run.ended();
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    let (rows, lines) = ended.report();
    let hits = rows.as_array().expect("rows").iter();
    let hits = hits.map(|row| row["hits"].as_u64());
    assert_eq!(hits.sum::<Option<u64>>(), Some(lines));
    assert!(!children.iter().any(|&child| is_running(child)));
}

#[test]
fn nothing_is_left_of_a_run_that_ends_well_and_it_says_who_worked() {
    let run = Program::start(&[&SHORT[..], &PROCESS, &PROCESS].concat());
    let children = run.children(2);
    let ended = run.ended();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.report().1, 6_000);
    for child in &children {
        let says = format!("(process {}) is at work", child.as_raw_nonzero());
        assert!(ended.stderr.contains(&says), "{ended:?}");
    }
    assert!(!children.iter().any(|&child| is_running(child)));
}

#[test]
fn workers_that_are_killed_again_and_again_cost_nothing_but_time() {
    let (ended, _) = after(&[&PROCESS[..], &PROCESS].concat(), |run| {
        for _ in 0..3 {
            let children = run.children(2);
            kill(children[0]);
            until("end of it", || !is_running(children[0]));
        }
    });
    assert_exact(&ended);
    // One that is killed as the run ends is not told any more.
    assert!(ended.stderr.contains("with signal: 9"), "{ended:?}");
    assert!(ended.stderr.matches("is at work").count() >= 5, "{ended:?}");
}

#[test]
fn a_run_whose_workers_are_all_killed_does_the_work_itself() {
    let own = [&PROCESS[..], &PROCESS, &["--restarts", "0"]].concat();
    let (ended, _) = after(&own, |run| {
        run.children(2).into_iter().for_each(kill);
    });
    assert_exact(&ended);
    let itself = "this process does the work itself from here on";
    assert!(ended.stderr.contains(itself), "{ended:?}");
    assert_eq!(
        ended.stderr.matches("is not filled any more").count(),
        2,
        "{ended:?}"
    );
}

#[test]
fn a_worker_that_is_stopped_is_replaced_when_it_has_been_silent() {
    let mut stopped = None;
    let (ended, took) = after(&PROCESS, |run| {
        let children = run.children(1);
        kill_process(children[0], Signal::STOP).expect("it runs");
        stopped = Some(children[0]);
        until("a worker in its place", || {
            run.workers().iter().any(|child| *child != children[0])
        });
    });
    assert_exact(&ended);
    // Or it was stopped before it could greet.
    let is_noticed =
        ["was silent for 1 s", "has not greeted"].map(|why| ended.stderr.contains(why));
    assert!(is_noticed.contains(&true), "{ended:?}");
    assert!(!is_running(stopped.expect("it was started")), "it is left");
    // Noticed and repaired within three seconds, and two that the input takes; on a machine with time to spare.
    assert!(took < Duration::from_secs(20), "{took:?}");
}

/// A stop of two seconds, or of a minute with `N03_STOP_S=60`: what is stopped is given up, and comes back.
#[test]
fn a_worker_that_was_stopped_comes_back_and_is_fenced_off() {
    let seconds: u64 = std::env::var("N03_STOP_S").map_or(2, |s| s.parse().expect("seconds"));
    let lines = format!("{}", 1_000 * (seconds + 2));
    let own = [
        "--lines",
        &lines,
        "--range",
        "50",
        "--delay",
        "20ms",
        "--format=json",
    ];
    let run = Program::start(&[&own[..], &["--rate", "1k"], &PROCESS, &PROCESS].concat());
    let child = run.children(2)[0];
    kill_process(child, Signal::STOP).expect("it runs");
    std::thread::sleep(Duration::from_secs(seconds));
    // After a minute its connection is closed, and it was killed for it.
    let _ = kill_process(child, Signal::CONT);
    let ended = run.ended();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.report(), Program::run(&own).report());
    assert!(!is_running(child));
}

#[test]
fn without_acknowledgements_a_worker_that_is_killed_is_an_error_and_no_report() {
    let own = [&LONG[..], &["--ack", "none"]].concat();
    let run = Program::start(&own);
    let children = run.at_work(2);
    kill(children[1]);
    let ended = run.ended();
    assert_eq!(
        (ended.status.code(), &ended.stdout[..]),
        (Some(1), ""),
        "{ended:?}"
    );
    assert!(
        ended
            .stderr
            .contains("is lost: it ended early, with signal: 9"),
        "{ended:?}"
    );
    assert!(!children.iter().any(|&child| is_running(child)));
}
