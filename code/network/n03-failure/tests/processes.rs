//! Processes that are killed and stopped, by hand: the workers, whose run is exact, and the run, whose workers
//! end with it. (By dice, and many more: `kills.rs`.)

use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use crate::common::feed::{Feed, assert_exact};
use crate::common::program::{Ended, Program, is_running, until};
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

/// A run that reads for as long as the test writes, and whose workers have ranges all that time. Only what is done to
/// a worker is a loss: no silence that a busy machine makes.
const FED: [&str; 8] = [
    "-",
    "--range",
    "50",
    "--delay",
    "20ms",
    "--silence",
    "10s",
    "--format=json",
];

const PROCESS: [&str; 2] = ["--place", "lookup=process"];

/// How a run ends to which something is done while it works; its report is exact.
fn after(own: &[&str], act: impl FnOnce(&Program)) -> Ended {
    let (input, feed) = Feed::start();
    let run = Program::start_reading(input, &[&FED[..], own].concat());
    act(&run);
    let log = feed.end();
    let ended = run.ended();
    assert_exact(&log, &ended);
    ended
}

/// Waits until a run has told something.
fn until_told(run: &Program, sentence: &str) {
    until(sentence, || run.told().contains(sentence));
}

fn kill(worker: Pid) {
    kill_process(worker, Signal::KILL).expect("it runs");
}

fn stop(worker: Pid) {
    kill_process(worker, Signal::STOP).expect("it runs");
}

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
fn a_worker_that_was_stopped_and_the_one_in_its_place_end_with_a_run_that_is_killed() {
    let run = Program::start(&LONG);
    // One that is stopped before it has greeted may have had no time to ask to be killed with its parent.
    let stopped = run.at_work(2)[0];
    stop(stopped);
    let children = run.at_work(3);
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    assert_end_soon(&children);
}

#[test]
fn an_interrupt_ends_the_input_and_the_workers_drain_though_one_is_stopped() {
    let run = Program::start(&LONG);
    let children = run.at_work(2);
    stop(children[0]);
    run.signal(Signal::INT);
    let ended = run.ended();
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    let partial = "interrupted: the input ends here";
    assert!(ended.stderr.contains(partial), "{ended:?}");
    let (rows, lines) = ended.report();
    let hits = rows.as_array().expect("rows").iter();
    let hits = hits.map(|row| row["hits"].as_u64());
    assert_eq!(hits.sum::<Option<u64>>(), Some(lines));
    assert!(!children.iter().any(|&child| is_running(child)));
}

#[test]
fn nothing_is_left_of_a_run_that_ends_well_and_it_says_who_worked() {
    let mut children = Vec::new();
    let ended = after(&[&PROCESS[..], &PROCESS].concat(), |run| {
        children = run.at_work(2);
        let mut started = run.children(2);
        started.sort_by_key(|child| child.as_raw_pid());
        children.sort_by_key(|child| child.as_raw_pid());
        assert_eq!(started, children);
    });
    assert!(!ended.stderr.contains("is lost"), "{ended:?}");
    assert!(!children.iter().any(|&child| is_running(child)));
}

#[test]
fn workers_that_are_killed_again_and_again_cost_nothing_but_time() {
    let ended = after(&[&PROCESS[..], &PROCESS].concat(), |run| {
        for lost in 0..3 {
            // The oldest that is left.
            kill(run.at_work(2 + lost)[lost]);
        }
        run.at_work(5);
    });
    let kills = ended
        .stderr
        .matches("is lost: it ended early, with signal: 9");
    assert_eq!(kills.count(), 3, "{ended:?}");
}

#[test]
fn a_run_whose_workers_are_all_killed_does_the_work_itself() {
    let itself = "this process does the work itself from here on";
    let own = [&PROCESS[..], &PROCESS, &["--restarts", "0"]].concat();
    let ended = after(&own, |run| {
        run.at_work(2).into_iter().for_each(kill);
        until_told(run, itself);
    });
    assert_eq!(
        ended.stderr.matches("is not filled any more").count(),
        2,
        "{ended:?}"
    );
}

#[test]
fn a_worker_that_is_stopped_is_replaced_when_it_has_been_silent() {
    let mut stopped = None;
    let ended = after(&[&PROCESS[..], &["--silence", "1s"]].concat(), |run| {
        let worker = run.at_work(1)[0];
        stop(worker);
        stopped = Some(worker);
        run.at_work(2);
    });
    assert!(ended.stderr.contains("was silent for 1 s"), "{ended:?}");
    assert!(!is_running(stopped.expect("it was at work")), "it is left");
}

/// A stop until another has taken over, or of a minute with `N03_STOP_S=60`: what is stopped is given up, and comes back.
#[test]
fn a_worker_that_was_stopped_comes_back_and_is_fenced_off() {
    let seconds = std::env::var("N03_STOP_S").map_or(0, |s| s.parse().expect("seconds"));
    let mut stopped = None;
    let own = [&PROCESS[..], &PROCESS, &["--silence", "1s"]].concat();
    after(&own, |run| {
        let worker = run.at_work(2)[0];
        stop(worker);
        stopped = Some(worker);
        until_told(run, "was silent for 1 s");
        thread::sleep(Duration::from_secs(seconds));
        // After a minute its connection is closed, and it was killed for it.
        if kill_process(worker, Signal::CONT).is_ok() && seconds == 0 {
            until_told(run, "is back: it was given up, and had not ended");
        }
    });
    assert!(!is_running(stopped.expect("it was at work")), "it is left");
}

/// There is one range, and each process that has it is killed: its workers, and at last the run that tries it. In its
/// place an input would do that a bug in the parser dies of.
#[test]
fn a_range_that_ends_each_process_which_touches_it_costs_three_workers_and_then_the_run() {
    // A directory that answers nothing: a worker that has the range keeps it.
    let silent = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = silent.local_addr().expect("bound").to_string();
    let own = [
        "--directory",
        &address,
        "--restarts",
        "9",
        "--silence",
        "60s",
    ];
    let run = Program::start(&[&["--lines", "1", "--format=json"], &PROCESS[..], &own].concat());
    for lost in 0..3 {
        let worker = run.at_work(1 + lost)[lost];
        // It has touched the range when it asks who is in it.
        let _asked = silent.accept().expect("a question");
        kill(worker);
    }
    until_told(&run, "this process does the work itself from here on");
    let _asked = silent.accept().expect("a question of the run");
    let children = run.at_work(4);
    run.signal(Signal::KILL);
    let ended = run.ended();
    assert_eq!((ended.status.code(), &ended.stdout[..]), (None, ""));
    let again = ended.stderr.matches("range 0 is done again");
    assert_eq!(again.count(), 3, "{ended:?}");
    assert_end_soon(&children);
}

#[test]
fn without_acknowledgements_a_worker_that_is_killed_is_an_error_and_no_report() {
    let own = [&LONG[..], &["--ack", "none", "--silence", "10s"]].concat();
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
