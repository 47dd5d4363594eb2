//! All or nothing: with one process all end, with one sentence and without a report, and nothing is left of them.

mod common;

use common::program::{Ended, Program, is_running, until};
use rustix::process::{Pid, Signal, kill_process};

/// A run of some seconds in which all that is read is exchanged, in small epochs.
const LONG: [&str; 11] = [
    "--lines",
    "400k",
    "--workers",
    "2",
    "--processes",
    "2",
    "--combine=off",
    "--epoch",
    "4",
    "--delay",
    "0",
];

/// A strike that comes too late is tried again, so often.
const TRIES: usize = 8;

/// How runs end that are struck when they have begun to read, the first that has not ended well. Where the machine lets a
/// run come to its end before the strike, its report is exact.
fn struck(own: &[&str], strike: impl Fn(&Program, &[Pid])) -> Ended {
    for _ in 0..TRIES {
        let run = Program::start(&[&LONG[..], &["--events"], own].concat());
        let children = run.at_work(1);
        strike(&run, &children);
        let ended = run.ended();
        assert_gone(&children);
        if !ended.status.success() {
            return ended;
        }
        assert_eq!(ended.report().1, 400_000);
    }
    panic!("all runs were faster than the strike");
}

fn assert_gone(children: &[Pid]) {
    until("end of the workers", || {
        !children.iter().any(|&child| is_running(child))
    });
}

/// One sentence at the end, and no report.
fn assert_lost(ended: &Ended, sentence: &str) {
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let says = |line: &&str| !line.contains("is at work");
    let told: Vec<&str> = ended.stderr.lines().filter(says).collect();
    assert_eq!(told.len(), 1, "{ended:?}");
    assert!(
        told[0].contains(sentence) && told[0].contains("there is no report"),
        "{ended:?}"
    );
    assert!(!ended.stdout.contains(r#""rows""#), "{ended:?}");
}

#[test]
fn with_one_process_all_end() {
    let ended = struck(&[], |_, children| {
        // One that has just ended cannot be killed any more.
        let _ = kill_process(children[0], Signal::KILL);
    });
    assert_lost(&ended, "is lost, with signal: 9");
}

#[test]
fn a_process_that_is_stopped_ends_the_run_when_patience_does() {
    let ended = struck(&["--patience", "2s"], |_, children| {
        let _ = kill_process(children[0], Signal::STOP);
    });
    assert_lost(&ended, "nothing has become final");
}

#[test]
fn processes_end_with_a_run_that_is_killed() {
    struck(&[], |run, _| run.signal(Signal::KILL));
}

#[test]
fn an_interrupt_ends_the_input_of_all() {
    let ended = struck(&[], |run, _| run.signal(Signal::INT));
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    let (rows, lines) = ended.report();
    let hits = rows.as_array().expect("rows").iter();
    let hits = hits.map(|row| row["hits"].as_u64());
    assert_eq!(hits.sum::<Option<u64>>(), Some(lines));
}

#[test]
fn nothing_is_left_of_a_run_that_ends_well() {
    let run = Program::start(&[&LONG[..], &["--processes", "3", "--events"]].concat());
    let children = run.at_work(2);
    let ended = run.ended();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.report().1, 400_000);
    assert!(!children.into_iter().any(is_running));
}
