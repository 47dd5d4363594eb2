//! What every step's command line does beside reading a log: the code is the same for all, so one step will do.

use std::process::{Command, Stdio};

use traffic::step_program;
use traffic::testing::process::{
    ended, log, named_pipe, program, report, run, signal, started, told,
};

/// Runs the step on this log.
fn on(log: &[u8], arguments: &[&str]) -> std::process::Output {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let name = folder.path().join("tried.log");
    std::fs::write(&name, log).expect("it can be written");
    run(program(step_program!()).arg(name).args(arguments))
}

#[test]
fn an_endless_route_is_cut_in_the_table_and_whole_elsewhere() {
    let route = format!("/{}", "x".repeat(70_000));
    let line = format!("1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] \"GET {route} HTTP/1.1\" 200 5\n");
    let table = on(line.as_bytes(), &[]);
    assert!(table.status.success(), "{}", told(&table));
    assert!(String::from_utf8_lossy(&table.stdout).contains("xxx…"));
    let json = on(line.as_bytes(), &["--format", "json"]);
    assert_eq!(report(&json).rows[0].route, route);
    let csv = on(line.as_bytes(), &["--format", "csv"]);
    assert!(String::from_utf8_lossy(&csv.stdout).contains(&route));
}

#[test]
fn a_report_needs_no_standard_error() {
    if !std::path::Path::new("/dev/full").exists() {
        println!("*** SKIPPED a_report_needs_no_standard_error: there is no /dev/full");
        return;
    }
    for format in ["json", "table", "csv"] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("it is there");
        let mut command = program(step_program!());
        // Malformed lines, a flag without a use, and the totals beside CSV: all that is told.
        command.args(["-", "--shards", "2", "--format", format]);
        let mut child = started(command.stdin(Stdio::piped()).stderr(full));
        let mut stdin = child.stdin.take().expect("a pipe");
        std::io::Write::write_all(&mut stdin, b"junk\n").expect("it is read");
        drop(stdin);
        let output = ended(child);
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert!(!output.stdout.is_empty(), "{format}");
    }
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("it is there");
    let output = run(program(step_program!()).arg("no-such-file").stderr(full));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for format in ["json", "table", "csv"] {
        let mut command = program(step_program!());
        command.args(["--lines", "500", "--top", "1k", "--format", format]);
        let mut child = started(&mut command);
        drop(child.stdout.take());
        let output = ended(child);
        assert_eq!(output.status.code(), Some(0), "{format}: {}", told(&output));
    }
}

#[test]
fn a_number_that_is_none_or_too_large_is_one_sentence() {
    for arguments in [
        ["--workers", "33k"],
        ["--workers", "1M"],
        ["--workers", "0"],
        ["--capacity", "1M"],
        ["--batch", "100k"],
        ["--shards", "100k"],
        ["--lines", "1,5"],
        ["--top", "ten"],
    ] {
        let output = run(program(step_program!()).args(arguments));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        let told = told(&output);
        assert!(
            told.starts_with(&format!("error: invalid value '{}'", arguments[1])),
            "{told}"
        );
    }
}

#[test]
fn a_signal_that_was_ignored_stays_ignored() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pipe = folder.path().join("pipe");
    named_pipe(&pipe);
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' HUP INT; exec \"$0\" \"$@\"", step_program!()])
        .arg(&pipe)
        .args(["--delay", "0", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let child = started(&mut command);
    let mut log_in = std::fs::File::options()
        .write(true)
        .open(&pipe)
        .expect("a reader");
    for name in ["HUP", "INT", "HUP"] {
        signal(child.id(), name);
    }
    std::io::Write::write_all(&mut log_in, &log(10)).expect("it is read");
    drop(log_in);
    let output = ended(child);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(
        (report(&output).lines, report(&output).partial),
        (10, false)
    );
}

/// Sends signals one behind the other, from one shell: to start a process for each takes a busy machine longer than
/// what counts as at once.
fn at_once(process: u32, signals: &[&str]) {
    let script = signals
        .iter()
        .map(|name| format!("kill -{name} {process};"));
    let sent = Command::new("sh")
        .args(["-c", &script.collect::<String>()])
        .status();
    assert!(sent.expect("there is a sh").success());
}

/// What of the log arrived is reported, as partial, and the exit code tells the signal, as shells have it.
#[test]
fn the_exit_code_tells_the_signal_and_two_at_once_are_one() {
    for (signals, codes) in [
        (&["INT"][..], &[130][..]),
        (&["TERM"], &[143]),
        (&["HUP"], &[129]),
        // As a terminal and what started the step both pass it on, while the first one is still drained. Which of two is
        // the first is for the system to say.
        (&["INT", "INT"], &[130]),
        (&["INT", "TERM", "INT"], &[130, 143]),
    ] {
        let mut command = program(step_program!());
        command.args(["-", "--events"]).stdin(Stdio::piped());
        let mut child = started(&mut command);
        let mut stdin = child.stdin.take().expect("a pipe");
        std::io::Write::write_all(&mut stdin, &log(20)).expect("it is read");
        let events = std::io::BufReader::new(child.stdout.as_mut().expect("it is kept"));
        let mut told = String::new();
        for line in std::io::BufRead::lines(events) {
            told = line.expect("a line");
            if told.contains("\"lines\":20") {
                break;
            }
        }
        assert!(told.contains("\"lines\":20"), "{told}");
        at_once(child.id(), signals);
        let output = ended(child);
        let code = output.status.code().expect("it ended by itself");
        assert!(codes.contains(&code), "{signals:?}: {code}");
        let told = crate::told(&output);
        assert!(told.contains("interrupted: the input ends here"), "{told}");
        let report = report(&output);
        assert_eq!((report.lines, report.partial), (20, true), "{signals:?}");
        drop(stdin);
    }
}

/// A person who presses Ctrl-C again does not want to wait for what is under way.
#[test]
fn a_second_interrupt_ends_the_run_at_once_without_a_report() {
    // A directory that takes questions and answers none: what is under way lasts.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = silent.local_addr().expect("bound").to_string();
    let mut command = program(step_program!());
    command.args(["--lines", "5", "--format", "json", "--directory", &address]);
    let mut child = started(&mut command);
    let _asked = silent.accept().expect("a question");
    signal(child.id(), "INT");
    let told = std::io::BufReader::new(child.stderr.take().expect("it is kept"));
    let mut told = std::io::BufRead::lines(told).map_while(Result::ok);
    assert!(told.any(|line| line.contains("a second Ctrl-C ends the run at once")));
    // Longer than what counts as the same keystroke.
    std::thread::sleep(std::time::Duration::from_millis(400));
    signal(child.id(), "INT");
    let output = ended(child);
    assert_eq!(output.status.code(), Some(130));
    assert!(output.stdout.is_empty(), "{output:?}");
}

/// What a shell makes of a command in which `$0` is the step.
fn shell(command: &str) -> std::process::Output {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", command, step_program!()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    run(&mut shell)
}

#[test]
fn a_standard_output_that_is_closed_is_one_sentence() {
    for closed in [">&-", "1< /dev/null"] {
        let output = shell(&format!("exec \"$0\" --lines 5 --delay 0 {closed}"));
        let told = told(&output);
        assert_eq!(output.status.code(), Some(2), "{closed}: {told}");
        assert!(told.contains("standard output is closed"), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
    // One that leads nowhere because its user says so is no mistake.
    for nowhere in ["> /dev/null", "1<> /dev/null"] {
        let output = shell(&format!("exec \"$0\" --lines 5 --delay 0 {nowhere}"));
        assert_eq!(
            output.status.code(),
            Some(0),
            "{nowhere}: {}",
            told(&output)
        );
    }
}

/// A file that may grow no further is as good as a disk that is full.
#[test]
fn a_file_that_may_not_grow_is_one_sentence() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (tried, report) = (folder.path().join("log"), folder.path().join("report"));
    std::fs::write(&tried, log(3_000)).expect("it can be written");
    let (tried, report) = (tried.display(), report.display());
    let limited = "ulimit -f 4; exec \"$0\" --delay 0 --format json";
    for (what, sentence, code) in [
        (
            format!("'{tried}' > '{report}'"),
            "cannot write the report",
            1,
        ),
        ("--lines 20k".to_owned(), "cannot write a temporary file", 2),
    ] {
        let output = shell(&format!("{limited} {what}"));
        let told = told(&output);
        assert_eq!(output.status.code(), Some(code), "{what}: {told}");
        assert!(told.contains(sentence), "{what}: {told}");
        assert_eq!(told.lines().count(), 1, "{what}: {told}");
    }
}

#[test]
fn threads_that_the_system_refuses_are_one_sentence() {
    if !cfg!(target_os = "linux") {
        println!("*** SKIPPED threads_that_the_system_refuses: limits of memory are Linux's");
        return;
    }
    // Each thread reserves its stack: there is room for the program and for few of those.
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "ulimit -v 400000; RUST_MIN_STACK=200000000 exec \"$0\" \"$@\"",
        ])
        .args([step_program!(), "--lines", "10"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let output = run(&mut command);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    let told = told(&output);
    assert!(told.contains("the system gives no more threads"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn a_table_that_does_not_come_is_not_waited_for_after_a_signal() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pipe = folder.path().join("table");
    named_pipe(&pipe);
    let child = started(program(step_program!()).arg("--table").arg(&pipe));
    let held = std::fs::File::options()
        .write(true)
        .open(&pipe)
        .expect("a reader");
    signal(child.id(), "TERM");
    let output = ended(child);
    assert!(!output.status.success() && output.stdout.is_empty());
    drop(held);
}

#[test]
fn a_file_that_is_no_access_log_is_told_once_at_the_end() {
    let utf16: Vec<u8> = String::from_utf8_lossy(&log(20))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (log, looks_like) in [
        (
            b"{\"status\":200,\"path\":\"/\"}\n".repeat(20),
            "JSON lines",
        ),
        (
            b"#Version: 1.0\n#Fields: date time c-ip cs-method\n2026-12-01 00:00:00 1.2.3.4 GET\n"
                .to_vec(),
            "W3C Extended Log Format",
        ),
        (b"1.2.3.4|-|GET|/|200|5\n".repeat(20), "separated by pipes"),
        (utf16, "UTF-16"),
        (b"something else\n".repeat(20), "another form"),
    ] {
        let output = on(&log, &["--format", "json"]);
        assert_eq!(output.status.code(), Some(0));
        let (told, report) = (told(&output), report(&output));
        assert_eq!(report.lines, report.malformed, "{looks_like}");
        let last = told.lines().last().unwrap_or_default();
        assert!(
            last.contains("most lines of ") && last.contains(looks_like),
            "{told}"
        );
        assert!(
            last.contains("Common and the Combined Log Format"),
            "{told}"
        );
        assert_eq!(told.matches("most lines of ").count(), 1, "{told}");
    }
    // Lines that are hits by the rules, and not what was meant.
    let lines = String::from_utf8_lossy(&log(20)).into_owned();
    for (log, how) in [
        (
            lines
                .lines()
                .map(|line| format!("Dec  1 00:00:01 host nginx: {line}\n"))
                .collect(),
            "something in front of the client, as syslog writes it",
        ),
        (lines.replace('\n', "\r"), "carriage returns alone"),
    ] {
        let told = told(&on(String::as_bytes(&log), &[]));
        assert!(
            told.lines().last().is_some_and(|last| last.contains(how)),
            "{told}"
        );
    }
    let utf32: Vec<u8> = lines
        .chars()
        .map(u32::from)
        .flat_map(u32::to_le_bytes)
        .collect();
    assert!(told(&on(&utf32, &[])).contains("looks like UTF-32"));
    let mixed = [&b"{}\n".repeat(15)[..], &log(20)].concat();
    assert!(!told(&on(&mixed, &[])).contains("most lines of "));
}

#[test]
fn a_file_name_does_nothing_to_a_terminal() {
    let output = run(program(step_program!()).arg("no\x1b[2Jfile"));
    assert_eq!(output.status.code(), Some(2));
    let told = told(&output);
    assert!(
        told.contains("no\\u{1b}[2Jfile") && !told.contains('\x1b'),
        "{told}"
    );
}
