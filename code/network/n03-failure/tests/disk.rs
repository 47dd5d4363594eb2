//! A full disk: one sentence, whatever could not be written, and nothing is left.

use std::process::{Command, Stdio};

use crate::common::PROGRAM;

/// What a shell makes of a command in which `$PROGRAM` is ours.
fn shell(command: &str) -> std::process::Output {
    let command = Command::new("sh")
        .args(["-c", command])
        .env("PROGRAM", PROGRAM)
        .stdin(Stdio::null())
        .output();
    command.expect("there is a sh on every system that we know")
}

/// A file that may grow no further is as good as a disk that is full: no test may fill one.
#[test]
fn an_input_that_cannot_be_spooled_is_told_before_any_work() {
    let ended = shell(
        "ulimit -f 16; \
         exec \"$PROGRAM\" --lines 20k --place lookup=process --format=json",
    );
    let (out, err) = (ended.stdout, String::from_utf8_lossy(&ended.stderr));
    assert_eq!((ended.status.code(), out.len()), (Some(2), 0), "{err}");
    assert!(err.contains("cannot write a temporary file"), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    let ended =
        shell("exec \"$PROGRAM\" --lines 5k --place lookup=process --format=json > /dev/full");
    let err = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{err}");
    assert!(err.contains("No space left"), "{err}");
}

/// What is told beside the report is lost then, and the report is not.
#[cfg(target_os = "linux")]
#[test]
fn a_run_whose_standard_error_is_full_is_exact() {
    let run = |place: &str| {
        let command = format!("exec \"$PROGRAM\" --lines 5k {place} --format=json 2> /dev/full");
        let ended = shell(&command);
        assert!(ended.status.success());
        let report: serde_json::Value = serde_json::from_slice(&ended.stdout).expect("a report");
        report["rows"].clone()
    };
    assert_eq!(
        run("--place lookup=process --place lookup=process"),
        run("")
    );
}
