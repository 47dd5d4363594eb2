//! The checks that every step's program has to pass.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;

use super::program::{
    ended, log, named_pipe, program, report, run, signal, started, told, until, write_all_taken,
};
use crate::event::Event;

/// Lines of a log that is read as a whole.
const LINES: u64 = 300;

/// More than the pipe, and all who read ahead of the step, can hold: what has been written is being read.
const MORE_THAN_IS_HELD: u64 = 5_000;

/// Long enough that a reader waits; if it is not, the check is weaker and does not fail.
const A_WHILE: Duration = Duration::from_millis(200);

/// What a run's exit code says.
const WHOLE: Option<i32> = Some(0);
const DAMAGED: Option<i32> = Some(1);
const REFUSED: Option<i32> = Some(2);
/// By TERM, whose number is 15.
const TERMINATED: Option<i32> = Some(128 + 15);

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

/// Compressed files, told by their first bytes: whole, in several parts, padded, damaged, or of another kind.
pub fn packed(path: &str) {
    let folder = TempDir::new().expect("a temporary folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("it can be written");
        path
    };
    let text = log(LINES);
    let whole = gzip(&text);
    let half = text.len() / 2;
    let members = [gzip(&text[..half]), gzip(&text[half..])].concat();
    let run = |path_of_log: PathBuf| run(program(path).arg(path_of_log).args(["--format", "json"]));
    for (name, bytes) in [
        ("log.gz", &whole),
        ("no-name-for-gzip", &whole),
        ("members.gz", &members),
        ("padded.gz", &[&whole[..], &[0; 3000]].concat()),
    ] {
        let output = run(file(name, bytes));
        assert_eq!(output.status.code(), WHOLE, "{name}: {}", told(&output));
        let report = report(&output);
        assert_eq!((report.lines, report.partial), (LINES, false), "{name}");
    }
    for (name, bytes, why, lines) in [
        (
            "cut.gz",
            &whole[..whole.len() / 2],
            "ends too early",
            1..LINES,
        ),
        (
            "no-end.gz",
            &whole[..whole.len() - 4],
            "ends too early",
            LINES..LINES + 1,
        ),
        (
            "garbage.gz",
            &[&whole[..], b"x"].concat(),
            "is not gzip",
            LINES..LINES + 1,
        ),
    ] {
        let output = run(file(name, bytes));
        assert_eq!(output.status.code(), DAMAGED, "{name}: {}", told(&output));
        assert!(
            told(&output).contains(&format!("{name}: ")),
            "{}",
            told(&output)
        );
        assert!(told(&output).contains(why), "{}", told(&output));
        let report = report(&output);
        assert!(
            report.partial && lines.contains(&report.lines),
            "{name}: {report:?}"
        );
        assert_eq!(report.malformed, 0, "{name}: a line that was cut is none");
    }
    let output = run(file("log.zst", b"\x28\xb5\x2f\xfd rest"));
    assert_eq!(output.status.code(), REFUSED);
    let told = told(&output);
    assert!(
        told.contains("`zstd -dc ") && told.lines().count() == 1,
        "{told}"
    );
}

/// What has no end: so many lines of it are enough, and a line without an end does not fill the memory.
pub fn endless(path: &str) {
    let output = run(program(path).args(["/dev/zero", "--lines", "1", "--format", "json"]));
    assert_eq!(output.status.code(), WHOLE, "{}", told(&output));
    assert!(
        told(&output).contains("1 line of 4 MiB or more"),
        "{}",
        told(&output)
    );
    assert_eq!((report(&output).lines, report(&output).malformed), (1, 1));

    let mut command = program(path);
    command
        .args(["-", "--lines", "3", "--format", "json"])
        .stdin(Stdio::piped());
    let mut child = started(&mut command);
    let mut stdin = child.stdin.take().expect("a pipe");
    // It goes on for as long as it is read, and never ends by itself.
    let writing = std::thread::spawn(move || while stdin.write_all(&log(100)).is_ok() {});
    let output = ended(child);
    assert_eq!(output.status.code(), WHOLE, "{}", told(&output));
    let report = report(&output);
    assert_eq!(
        (report.lines, report.malformed, report.partial),
        (3, 0, false)
    );
    writing.join().expect("no panic");
}

/// Pipes from which nothing comes: the first signal ends them, and what came before is counted.
pub fn quiet(path: &str) {
    let folder = TempDir::new().expect("a temporary folder");
    let pipe = folder.path().join("pipe");
    named_pipe(&pipe);
    let child = started(program(path).arg(&pipe).args(["--format", "json"]));
    // To open it waits for its reader, which listens for signals then.
    let held = OpenOptions::new()
        .write(true)
        .open(&pipe)
        .expect("a reader");
    std::thread::sleep(A_WHILE);
    signal(child.id(), "TERM");
    let output = ended(child);
    assert_eq!(output.status.code(), TERMINATED, "{}", told(&output));
    assert_eq!((report(&output).lines, report(&output).partial), (0, true));
    drop(held);

    let mut command = program(path);
    command
        .args(["-", "--format", "json"])
        .stdin(Stdio::piped());
    let mut child = started(&mut command);
    let mut stdin = child.stdin.take().expect("a pipe");
    let text = log(MORE_THAN_IS_HELD);
    write_all_taken(&mut stdin, &text[..text.len() - 100]);
    std::thread::sleep(A_WHILE);
    signal(child.id(), "TERM");
    let output = ended(child);
    assert_eq!(output.status.code(), TERMINATED, "{}", told(&output));
    let report = report(&output);
    assert!(
        report.partial && (1..MORE_THAN_IS_HELD).contains(&report.lines),
        "{report:?}"
    );
    assert_eq!(report.malformed, 0, "a line that was cut is none");
    drop(stdin);
}

/// A log that another program cuts off while it is read.
pub fn cut_short(path: &str) {
    let folder = TempDir::new().expect("a temporary folder");
    let name = folder.path().join("tr.log");
    let text = log(20_000);
    std::fs::write(&name, &text).expect("it can be written");
    // Slow enough to be caught at it: lines come by the clock, and what is mapped is looked at when there is a
    // table, which this directory never sends: it does not even take the connection.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let mut command = program(path);
    command.arg(&name).args(["--rate", "2k", "--events"]);
    let is_mapped =
        told(&run(program(path).args(["--rate", "1", "--lines", "1"]))).contains("--rate");
    if is_mapped {
        let address = silent.local_addr().expect("it has one");
        command.args(["--directory", &address.to_string()]);
    }
    let mut child = started(&mut command);
    let mut events = until(&mut child, |event| match event {
        Event::Start { .. } => is_mapped,
        Event::Progress { lines, .. } => *lines > 0,
        _ => false,
    });
    let file = File::options()
        .write(true)
        .open(&name)
        .expect("it is there");
    file.set_len(text.len() as u64 / 10).expect("it can be cut");
    drop(silent);
    let mut rest = Vec::new();
    events.read_to_end(&mut rest).expect("it can be read");
    let mut output = ended(child);
    output.stdout = rest;
    assert_eq!(output.status.code(), DAMAGED, "{}", told(&output));
    assert!(
        told(&output).contains("tr.log: it was cut short while it was read"),
        "{}",
        told(&output)
    );
    let report = report(&output);
    assert!(
        report.partial && report.lines < 20_000,
        "{} lines",
        report.lines
    );
    if !is_mapped {
        assert_eq!(report.malformed, 0, "a line that was cut is none");
    }
}
