//! One run of a program that may do anything: in a process group of its own, with a time limit, and with limits of
//! what it prints and how much memory it takes.

mod group;
mod stream;

use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use traffic::event::Outcome;

use self::group::{Group, MEMORY_MAX};
use self::stream::{OUTPUT_MAX, Stream, is_full};
use crate::interrupt::Interrupt;

/// Of what a program says on standard error the end is shown, where the reason stands.
const LAST_LINES: usize = 3;

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(2);

/// How a run ended.
#[derive(Debug)]
pub enum Ended {
    /// With a report.
    Report(Outcome),
    /// Without one: why, in a sentence.
    Badly(String),
    /// The reader has pressed Ctrl-C.
    Stopped,
}

/// How a process came to its end.
pub enum Run {
    /// By itself.
    Finished {
        /// Its exit code, or the signal that ended it.
        status: ExitStatus,
        /// What it wrote to standard output.
        printed: Vec<u8>,
        /// What it wrote to standard error.
        said: Vec<u8>,
    },
    /// It was ended, for it broke a limit: which, in a sentence.
    Cut(String),
    /// The reader has pressed Ctrl-C.
    Stopped,
}

/// Runs a program in a folder to its end, and reads the report that it prints as JSON.
///
/// # Errors
///
/// If it cannot be run at all.
pub fn run(
    executable: &Path,
    arguments: &[String],
    folder: &Path,
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<Ended> {
    let mut command = Command::new(executable);
    command
        .current_dir(folder)
        .args(arguments)
        .args(["--format", "json"]);
    Ok(match within_limits(&mut command, limit, interrupt)? {
        Run::Finished {
            status,
            printed,
            said,
        } => ended(status, &printed, &said),
        Run::Cut(why) => Ended::Badly(why),
        Run::Stopped => Ended::Stopped,
    })
}

/// Runs a command to its end, or until it breaks a limit: of time, of memory, of what it prints.
///
/// # Errors
///
/// If it cannot be run at all.
pub fn within_limits(command: &mut Command, limit: Duration, interrupt: &Interrupt) -> Result<Run> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut group = Group::start(command)
        .with_context(|| format!("cannot run {}", command.get_program().display()))?;
    let child = group.child();
    let mut streams = [
        Stream::of(child.stdout.take()),
        Stream::of(child.stderr.take()),
    ];
    let end = wait(&mut group, limit, interrupt, &mut streams);
    // However it has ended, nothing that it has started stays.
    drop(group);
    let [printed, said] = streams.map(Stream::rest);
    // Whether it was ended, or died because its pipe was closed.
    if [&printed, &said].iter().any(|read| is_full(read)) {
        return Ok(Run::Cut(format!(
            "it prints without end: more than {} MiB",
            OUTPUT_MAX >> 20
        )));
    }
    Ok(match end? {
        End::Stopped => Run::Stopped,
        // Full is told above.
        End::Late | End::Full => Run::Cut(format!(
            "it hangs: it had not ended after {} seconds",
            limit.as_secs()
        )),
        End::TooLarge => Run::Cut(format!(
            "it takes too much memory: more than {} MiB",
            MEMORY_MAX >> 20
        )),
        End::Status(status) => Run::Finished {
            status,
            printed,
            said,
        },
    })
}

/// Why waiting was over.
enum End {
    Status(ExitStatus),
    Late,
    Full,
    TooLarge,
    Stopped,
}

fn wait(
    group: &mut Group,
    limit: Duration,
    interrupt: &Interrupt,
    streams: &mut [Stream; 2],
) -> Result<End> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = group.ended()? {
            return Ok(End::Status(status));
        }
        if interrupt.is_requested() {
            return Ok(End::Stopped);
        }
        if Instant::now() > deadline {
            return Ok(End::Late);
        }
        if streams.iter_mut().any(Stream::is_full) {
            return Ok(End::Full);
        }
        if group.is_too_large() {
            return Ok(End::TooLarge);
        }
        std::thread::sleep(PAUSE);
    }
}

/// What a program has done that has ended by itself.
fn ended(status: ExitStatus, printed: &[u8], said: &[u8]) -> Ended {
    if !status.success() {
        return Ended::Badly(format!("it ended with {status}{}", last_words(said)));
    }
    match serde_json::from_slice(printed) {
        Ok(report) => Ended::Report(report),
        Err(_) if printed.trim_ascii().is_empty() => {
            Ended::Badly(format!("it printed no report{}", last_words(said)))
        }
        Err(error) => {
            let text = String::from_utf8_lossy(printed);
            let first = text.lines().find(|line| !line.trim().is_empty());
            let first: String = first.unwrap_or_default().chars().take(60).collect();
            Ended::Badly(format!(
                "what it printed is no report in JSON ({error}); it begins with `{}`",
                first.escape_debug()
            ))
        }
    }
}

/// The end of what was said, on lines of its own.
pub fn last_words(said: &[u8]) -> String {
    let text = String::from_utf8_lossy(said);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.contains("RUST_BACKTRACE"))
        .collect();
    let last = &lines[lines.len().saturating_sub(LAST_LINES)..];
    last.iter()
        .map(|line| {
            let line: String = line
                .chars()
                .filter(|char| !char.is_control())
                .take(200)
                .collect();
            format!("\n  {line}")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a shell script; the arguments of every run follow it, and it ignores them.
    fn run_script(script: &str, limit: Duration) -> Ended {
        let arguments = ["-c".to_owned(), script.to_owned()];
        run(
            Path::new("/bin/sh"),
            &arguments,
            Path::new("/"),
            limit,
            &Interrupt::never(),
        )
        .expect("sh runs")
    }

    fn badly(script: &str) -> String {
        match run_script(script, Duration::from_secs(20)) {
            Ended::Badly(why) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_bad_end_is_told() {
        assert!(
            badly("echo bad >&2; exit 101").starts_with("it ended with exit status: 101\n  bad")
        );
        assert!(badly("kill -9 $$").contains("signal: 9"));
        assert_eq!(badly("true"), "it printed no report");
        let garbage = badly("printf 'hello \\033[2J\\n'");
        assert!(
            garbage.contains("is no report in JSON") && garbage.ends_with("`hello \\u{1b}[2J`"),
            "{garbage}"
        );
        assert!(badly("echo '{}'").contains("missing field"));
        assert!(badly("exec yes").contains("without end"));
    }

    #[test]
    fn what_hangs_is_ended() {
        let start = Instant::now();
        let ended = run_script("exec sleep 600", Duration::from_millis(50));
        assert!(matches!(ended, Ended::Badly(why) if why.contains("it hangs")));
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "it was waited for"
        );
    }

    /// A child that a program leaves behind, when it ends by itself, when it hangs, and when the reader presses Ctrl-C.
    #[test]
    fn nothing_that_was_started_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = folder.path().join("pid");
        let ends = [
            ("exit 0", Interrupt::never()),
            ("wait", Interrupt::never()),
            ("wait", Interrupt::at_once()),
        ];
        for (end, interrupt) in ends {
            let script = format!("sleep 600 & echo $! > {}; {end}", told.display());
            let arguments = ["-c".to_owned(), script];
            let limit = Duration::from_secs(1);
            run(
                Path::new("/bin/sh"),
                &arguments,
                Path::new("/"),
                limit,
                &interrupt,
            )
            .expect("sh runs");
            // Stopped at once, it may not have come so far as to start anything.
            let Ok(pid) = std::fs::read_to_string(&told) else {
                continue;
            };
            std::fs::remove_file(&told).expect("removed");
            let deadline = Instant::now() + Duration::from_secs(20);
            while is_alive(pid.trim()) {
                assert!(Instant::now() < deadline, "the child of `{end}` stays");
                std::thread::sleep(PAUSE);
            }
        }
    }

    /// Whether a process is there, other than as one that has ended and waits to be asked how.
    fn is_alive(pid: &str) -> bool {
        let state = Command::new("ps").args(["-o", "stat=", "-p", pid]).output();
        let state = String::from_utf8(state.expect("ps runs").stdout).expect("text");
        !state.trim().is_empty() && !state.trim().starts_with('Z')
    }

    #[test]
    fn what_takes_all_memory_is_ended() {
        // `tail` has to hold all that it may have to print, and nobody reads what it prints.
        let script = "head -c 1500000000 /dev/zero | tail -c 1400000000 | sleep 600";
        let ended = run_script(script, Duration::from_secs(60));
        let Ended::Badly(why) = ended else {
            panic!("{ended:?}");
        };
        assert!(why.contains("too much memory: more than 1024 MiB"), "{why}");
    }

    #[test]
    fn a_report_is_read() {
        let report = r#"{"step":"x","lines":3,"malformed":1,"unresolved":0,"seconds":0.5,"rows":[{"holder":"h","route":"/","hits":2,"bytes":36893488147419103230,"errors":0}]}"#;
        let ended = run_script(&format!("echo '{report}'"), Duration::from_secs(20));
        let Ended::Report(report) = ended else {
            panic!("{ended:?}");
        };
        assert_eq!((report.lines, report.rows[0].hits), (3, 2));
        assert_eq!(report.rows[0].bytes, 2 * u128::from(u64::MAX));
    }
}
