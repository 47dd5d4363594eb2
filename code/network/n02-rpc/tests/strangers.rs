//! What is there instead of the service that is wanted: one sentence, before any work.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use crate::common::program::Program;
use n02_rpc::hello;

/// Something at a port, which reads a line and says something, and where it is.
fn stranger(says: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = listener.local_addr().expect("bound").to_string();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        stream.write_all(says.as_bytes()).expect("open");
        // Until the run has had enough.
        let _ = stream.read_to_end(&mut Vec::new());
    });
    address
}

fn run_with(place: &str) -> crate::common::program::Ended {
    Program::run(&["--lines", "1k", "--place", &format!("front={place}")])
}

#[test]
fn a_newer_and_an_older_service_are_refused() {
    let versions = [hello::VERSION + 1, hello::VERSION - 1];
    let lines = versions.map(|version| format!("n02-rpc {version} front\n"));
    for (line, version) in lines.into_iter().zip(versions) {
        let ended = run_with(&stranger(line.leak()));
        ended.assert_refused(
            2,
            &format!("it speaks version {version} and this program version"),
        );
    }
}

#[test]
fn something_else_is_refused() {
    let ended = run_with(&stranger("HTTP/1.1 400 Bad Request\r\n\r\n"));
    ended.assert_refused(2, "it is something else");
    let ended = run_with(&stranger("n02-rpc 1 directory\n"));
    ended.assert_refused(2, "it is there for the stage `directory`");
}

#[test]
fn silence_is_refused_after_a_while() {
    run_with(&stranger("")).assert_refused(2, "it said nothing for 5 s");
}

/// There is no word of the library's before the first call, so it is the first call that finds out.
#[test]
fn a_greeting_and_then_garbage_is_an_error_and_no_report() {
    let ended = run_with(&stranger("n02-rpc 1 front\nand now for something else\n"));
    ended.assert_refused(1, "is gone");
}

#[test]
fn an_empty_place_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = listener.local_addr().expect("bound").to_string();
    drop(listener);
    run_with(&address).assert_refused(2, "cannot be used: Connection refused");
}

#[test]
fn a_program_that_is_none_is_refused() {
    run_with("/no/such/program").assert_refused(2, "cannot start a front process");
    // It ends at once, without a greeting.
    run_with("/usr/bin/true").assert_refused(2, "it ended the conversation before it began");
    // It says what it was told.
    run_with("/bin/echo").assert_refused(2, "cannot be used");
}

#[test]
fn beyond_loopback_keys_are_a_must() {
    // An address for documentation (RFC 5737): were it tried, nothing would be there.
    run_with("192.0.2.1:7000").assert_refused(2, "give --keys DIR");
    let ended = Program::run(&[
        "--serve",
        "front",
        "--listen",
        "0.0.0.0:0",
        "--directory",
        "127.0.0.1:9",
    ]);
    ended.assert_refused(2, "give --keys DIR");
}

#[test]
fn a_place_that_is_none_is_refused() {
    for place in ["there", "process:", ""] {
        let ended = run_with(place);
        assert_eq!(ended.status.code(), Some(2), "{ended:?}");
        assert!(ended.stderr.contains("--place"), "{ended:?}");
    }
}
