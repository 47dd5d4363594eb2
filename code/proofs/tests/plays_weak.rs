//! The letter in the store buffer on real code: loom returns from a load whatever the memory model allows.

use std::process::Command;

use loom::model;
use loom::sync::Arc;
use loom::thread;
use proofs::weak as sync;
use sync::AtomicU64;

#[path = "../../play/src/store_buffer/broken.rs"]
mod broken;
#[path = "../../play/src/store_buffer/repaired.rs"]
mod repaired;

type Write = fn(&AtomicU64, &AtomicU64);
type Read = fn(&AtomicU64, &AtomicU64) -> Option<u64>;

fn a_flag(write: Write, read: Read) {
    model(move || {
        let shared = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
        let theirs = Arc::clone(&shared);
        let writer = thread::spawn(move || write(&theirs.0, &theirs.1));
        let seen = read(&shared.0, &shared.1);
        writer.join().unwrap();
        assert_ne!(seen, Some(0), "the flag has overtaken the value");
    });
}

#[test]
#[should_panic(expected = "the flag has overtaken the value")]
fn without_an_order_the_flag_overtakes_the_value() {
    a_flag(broken::write, broken::read);
}

#[test]
fn behind_a_release_it_does_not() {
    a_flag(repaired::write, repaired::read);
}

/// The log in the chapter on verification is what loom says of the first execution that fails.
#[test]
fn the_log_in_the_book_is_looms() {
    const FAILED: &str = "iter{3}";
    let this = std::env::current_exe().expect("a path");
    let output = Command::new(this)
        .args(["--exact", "--nocapture", "--test-threads=1"])
        .arg("without_an_order_the_flag_overtakes_the_value")
        .env("LOOM_LOG", "info,loom::rt::atomic=trace")
        .env("NO_COLOR", "1")
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{output:?}");
    let (log, failure) = (
        lossy(&output.stdout),
        lossy(&output.stderr).replace('\\', "/"),
    );
    let steps = log.lines().filter(|line| line.contains(FAILED));
    // Behind the thread's name is a number that the machine gives.
    let failure = (failure.lines().filter(|line| !line.is_empty()))
        .filter(|line| !line.starts_with("note: "))
        .map(
            |line| match (line.split_once(" ("), line.split_once(") panicked")) {
                (Some((name, _)), Some((_, place))) => format!("{name} panicked{place}"),
                _ => line.to_owned(),
            },
        );
    let said: Vec<String> = steps.map(str::to_owned).chain(failure).collect();
    let shown: Vec<&str> = include_str!("../output/flag.txt").lines().collect();
    assert_eq!(said, shown, "\n{}", said.join("\n"));
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
