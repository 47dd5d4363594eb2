//! What dies with what, and what is known then: services end with their run however it ends, and a run whose
//! service ends says so.

use std::time::Instant;

use crate::common::program::{Program, is_running, until};
use rustix::process::{Pid, Signal, kill_process};
use traffic::generator::{Workload, write_log};

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
    "--events",
];

/// The processes of both services, as soon as both are at work: the directory is started first.
fn services(run: &Program) -> (Pid, Pid) {
    in_order(run.at_work(2))
}

fn in_order(mut children: Vec<Pid>) -> (Pid, Pid) {
    children.sort_by_key(|child| child.as_raw_pid());
    (children[1], children[0])
}

/// A second is promised; a machine with nothing to spare takes longer to end a process, and to look.
fn assert_end_soon(children: &[Pid]) {
    let start = Instant::now();
    until("end of the services", || {
        !children.iter().any(|&child| is_running(child))
    });
    println!("they had ended after {:?}", start.elapsed());
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
    assert_end_soon(&[front, directory]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_service_that_is_stopped_ends_with_its_run_too() {
    let run = Program::start(&LONG);
    let (front, directory) = services(&run);
    kill_process(front, Signal::STOP).expect("it runs");
    run.signal(Signal::KILL);
    assert!(!run.ended().status.success());
    assert_end_soon(&[front, directory]);
}

#[test]
fn nothing_is_left_of_a_run_that_ends_well() {
    // Its input has no end before its services were seen.
    let (input, mut log) = std::io::pipe().expect("a pipe");
    let mut write = |lines| {
        write_log(Workload::Steady, 1, lines, &mut log, &mut |_| true).expect("it is read");
    };
    write(100);
    let places = ["--place", "front=process", "--place", "directory=process"];
    let run = Program::start_reading(input, &[&["-", "--format=json"], &places[..]].concat());
    let (front, directory) = in_order(run.children(2));
    write(20_000);
    drop(log);
    let ended = run.ended();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.report().1, 20_100);
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
    ended.assert_refused(1, "ended early, with signal: 9");
    assert!(ended.stderr.contains("the front "), "{ended:?}");
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn a_directory_that_is_killed_two_hops_away_is_an_error_that_names_it() {
    let run = Program::start(&LONG);
    let (front, directory) = services(&run);
    kill_process(directory, Signal::KILL).expect("it runs");
    let ended = run.ended();
    ended.assert_refused(1, "the directory is gone");
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn a_front_that_is_stopped_is_an_error_at_the_deadline() {
    let run = long_with_a_deadline_of("3s");
    let (front, directory) = services(&run);
    kill_process(front, Signal::STOP).expect("it runs");
    run.ended().assert_refused(1, "did not answer in time");
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn a_directory_that_is_stopped_two_hops_away_is_an_error_at_the_same_deadline() {
    let run = long_with_a_deadline_of("3s");
    let (front, directory) = services(&run);
    kill_process(directory, Signal::STOP).expect("it runs");
    run.ended().assert_refused(1, "did not answer in time");
    assert!(![front, directory].into_iter().any(is_running));
}

#[test]
fn a_run_that_is_told_to_end_ends_though_its_front_is_silent() {
    let run = long_with_a_deadline_of("3s");
    let (front, directory) = services(&run);
    kill_process(front, Signal::STOP).expect("it runs");
    run.signal(Signal::TERM);
    // With an error if the front was asked, and with a report if not: it ends.
    let ended = run.ended();
    assert!(!ended.status.success(), "{ended:?}");
    assert!(![front, directory].into_iter().any(is_running));
}

/// What a person sees of a deadline (`deadlines.rs` has what a service sees): less at each hop.
#[test]
fn what_is_left_of_a_deadline_is_told_and_is_less_at_each_hop() {
    let places = ["--place", "front=process", "--place", "directory=process"];
    let told = [
        "--lines",
        "2k",
        "--deadline",
        "100s",
        "--tell",
        "left",
        "--format=json",
    ];
    let ended = Program::run(&[&told[..], &places].concat());
    assert!(ended.status.success(), "{ended:?}");
    assert!(
        ended
            .stderr
            .contains("a question has 100s, over all its hops"),
        "{ended:?}"
    );
    let most = |service: &str| -> f64 {
        let mut lines = ended.stderr.lines();
        let line = lines.find(|line| line.starts_with(&format!("the {service} was asked ")));
        let line = line.unwrap_or_else(|| panic!("{service}: {ended:?}"));
        let (_, most) = line
            .trim_end_matches(" ms left")
            .rsplit_once(' ')
            .expect("words");
        most.parse().expect("milliseconds")
    };
    assert!(most("front") < 100_000.0, "{ended:?}");
    assert!(most("directory") < most("front"), "{ended:?}");
}
