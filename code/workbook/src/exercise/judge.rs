//! A run of an exercise's judge, and what it says.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::check::attempt::{self, Run};
use crate::interrupt::Interrupt;

/// The variable by which a judge is told where to write its report; `drill::judge::REPORT` is the same.
const REPORT: &str = "DRILL_REPORT";

/// A judge takes seconds; what it judges may take for ever.
const TIME_LIMIT: Duration = Duration::from_secs(90);

/// What came of all promises.
#[derive(Debug)]
pub struct Judged {
    /// The promises in the judge's order, as far as it came.
    pub promises: Vec<Judgement>,
    /// How it ended.
    pub end: End,
    /// What the learner's code printed.
    pub printed: String,
}

/// What came of one promise.
#[derive(Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Its name.
    pub name: String,
    /// What is promised.
    pub says: String,
    /// Whether it is held.
    pub is_held: bool,
    /// How it was broken.
    pub why: String,
}

/// How a judge ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// All promises were judged.
    Whole,
    /// In the middle of the last promise: why.
    Cut(String),
    /// The reader has pressed Ctrl-C.
    Stopped,
}

impl Judged {
    /// Whether all promises are held.
    pub fn is_right(&self) -> bool {
        self.end == End::Whole
            && !self.promises.is_empty()
            && self.promises.iter().all(|promise| promise.is_held)
    }

    /// The first promise that is broken.
    pub fn first_broken(&self) -> Option<&Judgement> {
        self.promises.iter().find(|promise| !promise.is_held)
    }
}

/// Runs a judge within the limits that forks have.
///
/// # Errors
///
/// If it cannot be run at all, or is no judge.
pub fn run(command: &mut Command, interrupt: &Interrupt) -> Result<Judged> {
    let report = tempfile::NamedTempFile::new().context("cannot make a file for the report")?;
    command.env(REPORT, report.path());
    // A judge may let thousands of questions panic, and no reader sees their backtraces. To write them takes most of the time.
    command.env("RUST_BACKTRACE", "0");
    let run = attempt::within_limits(command, TIME_LIMIT, interrupt)?;
    let text = std::fs::read_to_string(report.path()).context("cannot read the judge's report")?;
    let (promises, is_whole) = promises(&text);
    let (end, printed) = match run {
        Run::Stopped => (End::Stopped, Vec::new()),
        Run::Cut(why) => (End::Cut(why), Vec::new()),
        Run::Finished { printed, .. } if is_whole => (End::Whole, printed),
        Run::Finished {
            status,
            printed,
            said,
        } => {
            let last = attempt::last_words(&said);
            (End::Cut(format!("it ended with {status}{last}")), printed)
        }
    };
    Ok(Judged {
        promises,
        end,
        printed: String::from_utf8_lossy(&printed).into_owned(),
    })
}

/// The promises of a report, and whether it is whole. One that was begun and not ended is not held.
fn promises(report: &str) -> (Vec<Judgement>, bool) {
    let mut promises: Vec<Judgement> = Vec::new();
    for line in report.lines() {
        if let Some((name, says)) = line
            .strip_prefix("judging ")
            .and_then(|line| line.split_once(": "))
        {
            promises.push(Judgement {
                name: name.to_owned(),
                says: says.to_owned(),
                is_held: false,
                why: String::new(),
            });
        } else if let Some(promise) = promises.last_mut() {
            if line.strip_prefix("held ") == Some(&promise.name) {
                promise.is_held = true;
            } else if let Some(why) = line.strip_prefix("  ") {
                promise.why += why;
                promise.why += "\n";
            }
        }
    }
    let is_whole = report.lines().last() == Some("judged");
    (promises, is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(script: &str) -> Judged {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        run(&mut command, &Interrupt::never()).expect("sh runs")
    }

    #[test]
    fn a_report_is_read() {
        let said = "judging a: It is so.\\nheld a\\njudging b: It ends.\\nbroken b\\n  Why.\\n  \\n    x: y\\njudged\\n";
        let judged = judged(&format!(
            "echo hello; printf '{said}' > $DRILL_REPORT; exit 1"
        ));
        assert_eq!(judged.end, End::Whole);
        assert_eq!(judged.printed, "hello\n");
        let [a, b] = &judged.promises[..] else {
            panic!("{judged:?}");
        };
        assert!(a.is_held && a.says == "It is so.", "{a:?}");
        assert_eq!(b.why, "Why.\n\n  x: y\n");
        assert_eq!(judged.first_broken(), Some(b));
        assert!(!judged.is_right());
    }

    #[test]
    fn a_judge_writes_no_backtraces() {
        assert_eq!(judged("echo $RUST_BACKTRACE").printed, "0\n");
    }

    #[test]
    fn a_judge_that_dies_has_judged_nothing_right() {
        let said = "judging a: It is so.\\nheld a\\njudging b: It ends.\\n";
        let died = judged(&format!(
            "printf '{said}' > $DRILL_REPORT; echo bad >&2; kill -9 $$"
        ));
        assert!(
            matches!(&died.end, End::Cut(why) if why.contains("signal: 9") && why.ends_with("bad"))
        );
        assert_eq!(died.first_broken().map(|one| one.name.as_str()), Some("b"));
        assert!(!judged("printf 'judged\\n' > $DRILL_REPORT").is_right());
        assert!(!judged("true").is_right());
    }
}
