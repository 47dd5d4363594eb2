//! One run of a program that nobody vouches for: in a process of its own, with a time limit, and with
//! an eye on how much it prints.

mod stream;

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use self::stream::{OUTPUT_MAX, Stream, is_full};
use super::verdict::Printed;
use crate::interrupt::Interrupt;

/// Of what a program says on standard error the end is shown, where the reason stands.
const LAST_LINES: usize = 3;

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(2);

/// How a run ended.
#[derive(Debug)]
pub enum Ended {
    /// With a report.
    Report(Printed),
    /// Without one: why, in a sentence.
    Badly(String),
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
    let mut child = Command::new(executable)
        .current_dir(folder)
        .args(arguments)
        .args(["--format", "json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", executable.display()))?;
    let mut streams = [
        Stream::of(child.stdout.take()),
        Stream::of(child.stderr.take()),
    ];
    let end = wait(&mut child, limit, interrupt, &mut streams);
    // Both do nothing if it has ended.
    let _ = child.kill();
    let _ = child.wait();
    let [printed, said] = streams.map(Stream::rest);
    // Whether we ended it, or it died of nobody reading on.
    if [&printed, &said].iter().any(|read| is_full(read)) {
        return Ok(Ended::Badly(format!(
            "it prints without end: more than {} MiB",
            OUTPUT_MAX >> 20
        )));
    }
    Ok(match end? {
        End::Stopped => Ended::Stopped,
        // Full is told above.
        End::Late | End::Full => Ended::Badly(format!(
            "it hangs: it had not ended after {} seconds",
            limit.as_secs()
        )),
        End::Status(status) => ended(status, &printed, &said),
    })
}

/// Why waiting was over.
enum End {
    Status(ExitStatus),
    Late,
    Full,
    Stopped,
}

fn wait(
    child: &mut Child,
    limit: Duration,
    interrupt: &Interrupt,
    streams: &mut [Stream; 2],
) -> Result<End> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for a program")? {
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
fn last_words(said: &[u8]) -> String {
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
