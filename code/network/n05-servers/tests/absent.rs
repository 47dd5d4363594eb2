//! A server that is not there: one sentence, before any work.

use std::process::{Command, Stdio};

use crate::common::PROGRAM;
use crate::common::program::Program;
use crate::common::servers::are_there;

/// On a machine without the servers, as far as the program can see.
#[test]
fn without_the_servers_one_sentence_says_what_installs_them() {
    let nothing = tempfile::tempdir().expect("a folder");
    let run = |own: &[&str]| {
        let ended = Command::new(PROGRAM)
            .args(["--lines", "1k"])
            .args(own)
            .env("PATH", nothing.path())
            .stdin(Stdio::null())
            .output();
        let ended = ended.expect("the program is built");
        assert_eq!(ended.status.code(), Some(2));
        assert_eq!(ended.stdout, b"");
        String::from_utf8(ended.stderr).expect("text")
    };
    let told = run(&[]);
    assert!(
        told.contains("nats-server is not on this machine: `apt-get install"),
        "{told}"
    );
    assert_eq!(told.trim_end().lines().count(), 1, "{told}");
    // Discard (RFC 863): nothing is asked of it before the cache is looked for.
    let told = run(&["--nats", "127.0.0.1:9"]);
    assert!(
        told.contains("redis-server is not on this machine"),
        "{told}"
    );
    assert!(told.contains("--redis none"), "{told}");
}

#[test]
fn what_is_no_queue_is_refused() {
    // Nothing listens where something listened a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = listener.local_addr().expect("bound").to_string();
    drop(listener);
    let ended = Program::run(&["--lines", "1k", "--nats", &address, "--redis", "none"]);
    ended.assert_refused(2, "there is no queue at 127.0.0.1:");
}

/// It costs no answer, and would not be noticed.
#[test]
fn a_cache_that_does_not_answer_is_told_of() {
    if !are_there("a_cache_that_does_not_answer_is_told_of") {
        return;
    }
    let nothing = tempfile::tempdir().expect("a folder");
    let socket = nothing.path().join("redis.sock").display().to_string();
    let ended = Program::run(&["--lines", "1k", "--redis", &socket]);
    assert!(ended.status.success(), "{ended:?}");
    let sentence = "the shared cache does not answer, and the directory is asked: ";
    assert!(ended.stderr.contains(sentence), "{ended:?}");
}

#[test]
fn flags_that_are_wrong_are_refused() {
    for (flag, value, why) in [
        ("--place", "lookup=127.0.0.1:7000", "comes by itself"),
        ("--nats", "192.0.2.1:4222", "tunnel"),
        ("--job", "a b", "letters, digits"),
        ("--range", "0", "65,536"),
    ] {
        let ended = Program::run(&["--lines", "1k", flag, value]);
        assert_eq!(ended.status.code(), Some(2), "{ended:?}");
        assert!(ended.stderr.contains(why), "{ended:?}");
    }
}
