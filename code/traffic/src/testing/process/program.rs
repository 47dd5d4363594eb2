//! Starting a step's program, hearing what it says, and ending it.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::event::{Event, Outcome, Stamped};
use crate::generator::{Workload, write_log};

/// A process that has not ended by then hangs. Far longer than any takes on a busy machine.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// So many lines of an access log, all of them hits.
pub fn log(lines: u64) -> Vec<u8> {
    let mut log = Vec::new();
    write_log(Workload::Steady, 1, lines, &mut log, &mut |_| true).expect("memory takes all");
    log
}

/// The program with a directory at no distance, and all that it prints kept.
pub fn program(path: &str) -> Command {
    let mut command = Command::new(path);
    command
        .args(["--delay", "0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Starts it, to be ended by [`ended`].
///
/// # Panics
///
/// If it cannot be started.
pub fn started(command: &mut Command) -> Child {
    hear_interrupts();
    command.spawn().expect("the step's program starts")
}

/// What is started from now on hears Ctrl-C, which a program inherits as ignored from tests that a script has started with `&`.
#[expect(unsafe_code, reason = "the standard library has no signals")]
pub fn hear_interrupts() {
    // SAFETY: the default is put back, and no handler of ours runs.
    unsafe { libc::signal(libc::SIGINT, libc::SIG_DFL) };
}

/// All that it has printed when it ends.
///
/// # Panics
///
/// If it hangs.
pub fn ended(child: Child) -> Output {
    let id = child.id();
    let (ended, end) = channel();
    std::thread::spawn(move || {
        // The receiver may have given up.
        let _ = ended.send(child.wait_with_output());
    });
    let Ok(output) = end.recv_timeout(TIME_LIMIT) else {
        signal(id, "KILL");
        panic!("the program hangs");
    };
    output.expect("its output can be read")
}

/// Runs it to its end.
pub fn run(command: &mut Command) -> Output {
    ended(started(command))
}

/// The report that it has printed as JSON or as the last of its events.
///
/// # Panics
///
/// If there is none, or it does not add up.
pub fn report(output: &Output) -> Outcome {
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text
        .lines()
        .last()
        .unwrap_or_else(|| panic!("no report:\n{}", told(output)));
    let report: Outcome = match last.parse() {
        Ok(Stamped {
            event: Event::End(outcome),
            ..
        }) => outcome,
        _ => serde_json::from_str(last).unwrap_or_else(|err| panic!("{err} in {last}")),
    };
    let hits: u64 = report.rows.iter().map(|row| row.hits).sum();
    assert_eq!(report.lines, hits + report.malformed, "{last}");
    report
}

/// What it has told on standard error.
pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Sends a signal by its name.
///
/// # Panics
///
/// If it cannot be sent.
pub fn signal(process: u32, name: &str) {
    let sent = Command::new("kill")
        .args([format!("-{name}"), process.to_string()])
        .status();
    assert!(sent.expect("there is a `kill`").success());
}

/// A named pipe.
///
/// # Panics
///
/// If it cannot be made.
pub fn named_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("there is a `mkfifo`").success());
}

/// Reads events until one is as wanted; what is behind it is left to be read.
///
/// # Panics
///
/// If none comes.
pub(super) fn until(
    child: &mut Child,
    is_wanted: impl Fn(&Event) -> bool,
) -> BufReader<ChildStdout> {
    let mut events = BufReader::new(child.stdout.take().expect("it is kept"));
    let mut line = String::new();
    while events.read_line(&mut line).expect("it can be read") > 0 {
        let event: Stamped = line.parse().expect("an event");
        if is_wanted(&event.event) {
            return events;
        }
        line.clear();
    }
    panic!("the run ended before it was as far");
}

/// Writes as much as is taken; that no more is wanted is no failure.
pub(super) fn write_all_taken(into: &mut impl Write, bytes: &[u8]) {
    let _ = into.write_all(bytes);
}
