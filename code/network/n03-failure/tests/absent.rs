//! Workers that are not there when the run begins: lost as any other. The others do their work, or this process does.

use std::net::TcpListener;

use crate::common::PROGRAM;
use crate::common::feed::{Feed, assert_exact};
use crate::common::joined::Joined;
use crate::common::program::{Ended, Program, until};
use traffic::directory::{Config, Fault, Server};

const LOG: [&str; 5] = ["--lines", "5k", "--workload", "messy", "--format=json"];

/// A port at which nothing listens, and that no other test is given.
fn nothing() -> Server {
    let refusing = Config {
        fault: Some(Fault::Refuse),
        ..Config::default()
    };
    Server::start(refusing).expect("loopback")
}

/// Runs with workers at these addresses, and gives what it came to; its report is exact.
fn run_with(places: &[&str]) -> Ended {
    let places: Vec<String> = places.iter().map(|at| format!("lookup={at}")).collect();
    let mut arguments = LOG.to_vec();
    for place in &places {
        arguments.extend(["--place", place]);
    }
    let ended = Program::run(&arguments);
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.report(), Program::run(&LOG).report());
    ended
}

#[test]
fn what_a_dead_host_should_do_the_others_do() {
    let worker = Joined::start(None);
    let there = worker.place();
    let held = nothing();
    let dead = held.address().to_string();
    let ended = run_with(&[&dead, there.trim_start_matches("lookup=")]);
    let sentence =
        format!("worker 1 of lookup (at {dead}) is lost: it cannot be reached: Connection refused");
    // It is tried again, and told once.
    assert_eq!(ended.stderr.matches(&sentence).count(), 1, "{ended:?}");
    let itself = "this process does the work itself";
    assert!(!ended.stderr.contains(itself), "{ended:?}");
}

#[test]
fn where_all_hosts_are_dead_this_process_does_the_work() {
    let held = [nothing(), nothing()];
    let dead = held.each_ref().map(|held| held.address().to_string());
    let ended = run_with(&[&dead[0], &dead[1]]);
    let told = |sentence: &str| ended.stderr.matches(sentence).count();
    assert_eq!(told("it cannot be reached"), 2, "{ended:?}");
    assert_eq!(told("this process does the work itself from here on"), 1);
}

#[test]
fn a_host_that_says_nothing_is_lost_and_no_stranger() {
    // It takes connections, as a system does for a worker that is stopped, and says no word on them.
    let silent = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = silent.local_addr().expect("bound").to_string();
    let ended = run_with(&[&address, PROGRAM]);
    let sentence = "is lost: it said nothing for 5 s";
    assert!(ended.stderr.contains(sentence), "{ended:?}");
}

/// A host that was dead at the start and is there a moment later works with the others.
#[test]
fn a_host_that_comes_up_after_the_run_is_taken_in() {
    let held = nothing();
    let address = held.address().to_string();
    let place = format!("lookup={address}");
    let (input, feed) = Feed::start();
    let arguments = ["-", "--range", "50", "--format=json", "--restarts", "1000"];
    let own = ["--place", &place, "--place", "lookup=here"];
    let run = Program::start_reading(input, &[&arguments[..], &own].concat());
    until("sentence about it", || {
        run.told().contains("it cannot be reached")
    });
    drop(held);
    let _worker = Joined::start_at(&address, None);
    let sentence = format!("worker 1 of lookup (at {address}) is at work");
    until(&sentence, || run.told().contains(&sentence));
    let log = feed.end();
    assert_exact(&log, &run.ended());
}
