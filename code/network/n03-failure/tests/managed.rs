//! Workers that a manager looks after: it configures them by their environment, asks how they are, and tells them to end.

mod common;

use std::net::TcpListener;
use std::process::{Command, Output};
use std::thread;

use common::PROGRAM;
use common::feed::{Feed, assert_exact};
use common::managed::Managed;
use common::program::{Program, until};
use traffic::directory::{Config, Fault, Server};

const LOG: [&str; 5] = ["--lines", "2k", "--workload", "messy", "--format=json"];

/// A port at which nothing listens, and that no other test is given.
fn nothing() -> (Server, String) {
    let refusing = Config {
        fault: Some(Fault::Refuse),
        ..Config::default()
    };
    let held = Server::start(refusing).expect("loopback");
    let address = held.address().to_string();
    (held, address)
}

/// The program with an environment of its own, and what it came to.
fn with(environment: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.envs(environment.iter().copied()).args(arguments);
    command.output().expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Asserts what `health` says of a place that is in its environment, and of one that is told by a flag.
fn assert_health(place: &str, code: i32, says: &str) {
    // At once: what says nothing is waited for.
    let (output, asked_by_flag) = thread::scope(|scope| {
        let by_flag = scope.spawn(|| with(&[], &["health", place]));
        let output = with(&[("N03_FAILURE_HEALTH", place)], &["health"]);
        (output, by_flag.join().expect("no panic"))
    });
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(says), "{said}");
    assert_eq!(asked_by_flag.status.code(), Some(code));
}

#[test]
fn a_worker_is_ready_from_its_first_word_until_it_is_told_to_end() {
    let (held, place) = nothing();
    assert_health(&place, 1, "not well");
    drop(held);
    let worker = Managed::start(&["--health", &place]);
    assert_health(&place, 0, "ready");
    assert_eq!(worker.told_to_end().code(), Some(0));
    assert_health(&place, 1, "not well");
}

#[test]
fn a_process_that_takes_connections_and_says_nothing_is_not_well() {
    // As the system does for a worker whose tasks stand still.
    let silent = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let place = silent.local_addr().expect("bound").to_string();
    assert_health(&place, 1, "said nothing for 2 s");
}

#[test]
fn health_is_told_on_loopback_alone_and_asked_for_somewhere() {
    let wide = [
        "--serve",
        "lookup",
        "--listen",
        "127.0.0.1:0",
        "--health",
        "0.0.0.0:0",
    ];
    let output = with(&[], &wide);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let output = with(&[], &["health"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(text(&output.stderr).contains("N03_FAILURE_HEALTH"));
}

#[test]
fn a_worker_that_is_told_to_end_reports_what_it_has_and_leaves() {
    let (leaves, stays) = (Managed::start(&[]), Managed::start(&[]));
    let (input, feed) = Feed::start();
    let places = [leaves.place(), stays.place()];
    let own = ["--place", &places[0], "--place", &places[1]];
    let arguments = ["-", "--range", "25", "--format=json", "--restarts", "0"];
    let run = Program::start_reading(input, &[&arguments[..], &own].concat());
    until("second worker", || {
        run.told().contains("worker 2 of lookup")
    });
    let at = places[0].trim_start_matches("lookup=");
    // Or that it takes no more: the two are on their way together.
    let sentence = format!("worker 1 of lookup (at {at}) is lost: it ");
    assert_eq!(leaves.told_to_end().code(), Some(0));
    until(&sentence, || run.told().contains(&sentence));
    let log = feed.end();
    assert_exact(&log, &run.ended());
}

/// Where the directory never answers, neither does the worker, and it has to end all the same.
#[test]
fn a_worker_that_cannot_report_in_time_ends_when_its_grace_is_over() {
    let hangs = Server::start(Config {
        fault: Some(Fault::Hang),
        ..Config::default()
    });
    let hangs = hangs.expect("loopback");
    let directory = hangs.address().to_string();
    let worker = Managed::start(&["--grace", "20ms"]);
    let place = worker.place();
    let arguments = [
        "--lines",
        "500",
        "--place",
        &place,
        "--directory",
        &directory,
    ];
    let run = Program::start(&arguments);
    until("question to the directory", || hangs.requests() > 0);
    assert_eq!(worker.told_to_end().code(), Some(1));
    until("sentence about it", || run.told().contains("is lost"));
}

#[test]
fn what_the_environment_says_are_flags_and_the_command_line_wins() {
    let worker = Managed::start(&[]);
    let place = format!("{} lookup=here", worker.place());
    let environment = [
        ("N03_FAILURE_PLACE", &*place),
        ("N03_FAILURE_LINES", "7"),
        ("N03_FAILURE_KEYS", ""),
    ];
    let output = with(&environment, &LOG);
    let told = text(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("overruled by the command line: N03_FAILURE_LINES"),
        "{told}"
    );
    assert!(
        told.contains(&format!("--place {} --place lookup=here", worker.place())),
        "{told}"
    );
    assert!(told.contains("worker 1 of lookup (at"), "{told}");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!(report["lines"], 2_000);
}

/// A worker that a run has started is told everything by the run.
#[test]
fn the_workers_of_a_run_do_not_take_its_environment_for_theirs() {
    let environment = [("N03_FAILURE_PLACE", "lookup=process lookup=process")];
    let output = with(&environment, &LOG);
    let told = text(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert_eq!(told.matches("is at work").count(), 2, "{told}");
}

#[test]
fn a_misspelt_variable_is_refused_as_a_misspelt_flag_is() {
    let output = with(&[("N03_FAILURE_PLACES", "lookup=here")], &LOG);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(text(&output.stderr).contains("--places"), "{output:?}");
    assert!(output.stdout.is_empty());
}
