//! Measuring a whole process: its own events, and what the operating system counted.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use traffic::Row;
use traffic::event::{Event, Outcome, Staleness, Stamped};

use crate::said::Said;
use crate::suites::Process;
use crate::usage::Watch;

/// The stages whose waiting is measured: those that look up, alone or among other things. No chapter asks it of another
/// stage, and that of all of them was half of a file of results.
const WAITING: [&str; 2] = ["lookup", "work"];

/// What is told of a program that failed without a word.
const NOTHING: &str = "it said nothing";

/// What one run brought: metrics by name, each with its unit, and measurements over time.
#[derive(Debug, Default)]
pub(crate) struct Run {
    pub metrics: BTreeMap<String, (&'static str, f64)>,
    pub series: BTreeMap<String, Vec<[f64; 2]>>,
    /// The report.
    pub rows: Vec<Row>,
    /// Whether the report is of a part of the input only.
    pub is_partial: bool,
    /// Messages taken from the stages' queues, by stage.
    messages: BTreeMap<String, f64>,
}

/// Runs a program of the book once with `--events`.
///
/// # Errors
///
/// If the program cannot be run, fails, or does not end with its report: the last line that it said.
pub(crate) fn run(binaries: &Path, case: &Process) -> Result<Run> {
    run_beside(binaries, case, |_| Ok(()))
}

/// The same, while something is done to it from another thread, which is told its number.
///
/// # Errors
///
/// As those of [`run`], and of what is done.
pub(crate) fn run_beside(
    binaries: &Path,
    case: &Process,
    beside: impl FnOnce(u32) -> Result<()> + Send,
) -> Result<Run> {
    let program = binaries.join(case.program);
    let said = Said::new()?;
    let mut child = Command::new(&program)
        .args(&case.arguments)
        .arg("--events")
        .stdout(Stdio::piped())
        .stderr(said.stdio()?)
        .spawn()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let watch = Watch::new(&child);
    let out = child.stdout.take().context("the child's output")?;
    let number = child.id();
    let (followed, done) = thread::scope(|scope| {
        let done = scope.spawn(move || beside(number));
        (follow(out), done.join().expect("it does not panic"))
    });
    let usage = watch.wait(&child)?;
    let name = || format!("{} {}", case.program, case.arguments.join(" "));
    if !usage.succeeded {
        bail!("{} failed: {}", name(), said.last_line(NOTHING));
    }
    done.with_context(name)?;
    let (mut run, ended) = followed?;
    let Some(ended) = ended else {
        bail!("{} did not end: {}", name(), said.last_line(NOTHING));
    };
    run.finish(&ended);
    run.is_partial = ended.partial;
    run.rows = ended.rows;
    run.put("memory_bytes", "bytes", usage.memory_bytes);
    run.put("cpu_s", "s", usage.cpu_s);
    run.put("waits", "", usage.waits);
    run.put("preemptions", "", usage.preemptions);
    Ok(run)
}

/// Reads a run's events to their end, and its outcome if it says one.
fn follow(out: ChildStdout) -> Result<(Run, Option<Outcome>)> {
    let mut run = Run::default();
    let mut ended = None;
    for line in BufReader::new(out).lines() {
        let stamped: Stamped = line?.parse().context("a line that is no event")?;
        match stamped.event {
            Event::End(outcome) => ended = Some(outcome),
            event => run.take(stamped.t_ms, event),
        }
    }
    Ok((run, ended))
}

impl Run {
    /// One more metric.
    pub(crate) fn put(&mut self, name: impl Into<String>, unit: &'static str, value: f64) {
        self.metrics.insert(name.into(), (unit, value));
    }

    /// Whether its report is of all lines, each with its answer.
    pub(crate) fn is_whole(&self) -> bool {
        let unresolved = self.metrics.get("unresolved");
        !self.is_partial && unresolved.is_none_or(|&(_, lines)| lines == 0.0)
    }

    fn take(&mut self, t_ms: u64, event: Event) {
        let seconds = t_ms as f64 / 1e3;
        match event {
            Event::Stage {
                name,
                done,
                busy,
                busy_ms,
                waiting_ms,
                messages,
                waits,
                depth,
                workers,
                worker_ms,
                capacity: _,
            } => {
                self.shares(&name, t_ms, worker_ms, busy_ms, waiting_ms);
                if WAITING.contains(&name.as_str()) {
                    self.waits(&name, waits, waiting_ms);
                }
                self.put(format!("done.{name}"), "", done as f64);
                if name == "wire" {
                    // What a stage of this name counts is bytes.
                    self.put("wire_bytes", "bytes", done as f64);
                }
                self.messages.insert(name.clone(), messages as f64);
                self.note(format!("busy.{name}"), seconds, busy);
                self.note(format!("depth.{name}"), seconds, depth as f64);
                self.note(format!("workers.{name}"), seconds, workers as f64);
            }
            Event::Progress { lines_per_s, .. } => {
                self.note("lines_per_s".to_owned(), seconds, lines_per_s);
            }
            Event::Latency { us, .. } => {
                for (name, us) in us {
                    self.put(format!("{name}_us"), "us", us as f64);
                }
            }
            Event::Directory {
                requests,
                keys,
                failures,
            } => {
                self.put("requests", "", requests as f64);
                self.put("keys", "", keys as f64);
                self.put("failures", "", failures as f64);
            }
            Event::Staleness(Staleness {
                versions_behind,
                age_s,
            }) => {
                self.put("versions_behind", "", versions_behind);
                self.put("age_s", "s", age_s);
            }
            // The plan is known, and the report is taken when all has ended.
            Event::Start { .. } | Event::End(_) => {}
        }
    }

    /// What a stage's workers did with the time that they have had so far.
    fn shares(&mut self, stage: &str, t_ms: u64, worker_ms: u64, busy_ms: u64, waiting_ms: u64) {
        if worker_ms == 0 {
            return;
        }
        let share = |spent_ms: u64| (spent_ms as f64 / worker_ms as f64).min(1.0);
        self.put(format!("busy_share.{stage}"), "share", share(busy_ms));
        if WAITING.contains(&stage) {
            let waiting = share(waiting_ms);
            self.put(format!("waiting_share.{stage}"), "share", waiting);
            let mean = worker_ms as f64 / t_ms.max(1) as f64;
            self.put(format!("workers_mean.{stage}"), "", mean);
        }
    }

    /// How often a stage has waited for a lock, and how long.
    fn waits(&mut self, stage: &str, waits: u64, waiting_ms: u64) {
        self.put(format!("waiting_s.{stage}"), "s", waiting_ms as f64 / 1e3);
        self.put(format!("lock_waits.{stage}"), "", waits as f64);
        if waits > 0 {
            let mean_us = waiting_ms as f64 * 1e3 / waits as f64;
            self.put(format!("lock_wait_us.{stage}"), "us", mean_us);
        }
    }

    /// One more reading of what is measured over time.
    fn note(&mut self, name: String, seconds: f64, value: f64) {
        self.series.entry(name).or_default().push([seconds, value]);
    }

    fn finish(&mut self, end: &Outcome) {
        let (lines, seconds) = (end.lines as f64, end.seconds);
        self.put("lines", "", lines);
        self.put("seconds", "s", seconds);
        self.put("lines_per_s", "lines/s", lines / seconds);
        self.put("unresolved", "", end.unresolved as f64);
        let messages: f64 = self.messages.values().sum();
        self.put("messages", "", messages);
        self.put("messages_per_line", "", messages / lines.max(1.0));
        self.means(lines / seconds);
        if let Some(&(_, keys)) = self.metrics.get("keys") {
            let hits = lines - end.malformed as f64;
            self.put("hit_share", "share", 1.0 - keys / hits.max(1.0));
        }
    }

    /// What the readings over time come to: mean depths, and by Little's law the mean wait in each
    /// queue.
    fn means(&mut self, lines_per_s: f64) {
        for (name, points) in &self.series {
            let mean = points.iter().map(|[_, value]| value).sum::<f64>() / points.len() as f64;
            let (what, stage) = name.split_once('.').unwrap_or((name, ""));
            if what == "depth" {
                if WAITING.contains(&stage) {
                    let wait_us = mean / lines_per_s * 1e6;
                    self.metrics
                        .insert(format!("wait_us.{stage}"), ("us", wait_us));
                }
                self.metrics
                    .insert(format!("depth_mean.{stage}"), ("", mean));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suites::Beside;

    /// A run of a line of shell.
    fn run_of(script: &str) -> Result<Run> {
        let case = Process {
            parameters: String::new(),
            program: "sh",
            arguments: vec!["-c".into(), script.into()],
            series: false,
            beside: Beside::Never,
        };
        run(Path::new("/bin"), &case)
    }

    #[test]
    fn why_a_program_fails_is_told_by_the_last_line_that_it_says() {
        let said = |script: &str| run_of(script).expect_err("no report").to_string();
        // More than a pipe holds, which nobody reads meanwhile.
        let long = "head -c 300000 /dev/zero >&2; printf '\\nno such place\\n\\n' >&2; exit 2";
        assert!(said(long).ends_with(" failed: no such place"));
        assert!(said("exit 2").ends_with(" failed: it said nothing"));
        assert!(said("echo late >&2").ends_with(" did not end: late"));
    }

    #[test]
    fn a_report_of_a_part_of_the_lines_is_not_whole() {
        let of = |more: &str| {
            let end = format!(
                r#"{{"t_ms":9,"event":"end","step":"s","lines":1,"malformed":0,"seconds":0.5,"rows":[],{more}}}"#
            );
            run_of(&format!("echo '{end}'")).expect("a report")
        };
        assert!(of(r#""unresolved":0"#).is_whole());
        assert!(!of(r#""unresolved":1"#).is_whole());
        assert!(!of(r#""unresolved":0,"partial":true"#).is_whole());
    }

    #[test]
    fn events_become_metrics() {
        let mut run = Run::default();
        for line in [
            r#"{"t_ms":500,"event":"stage","name":"lookup","done":3,"busy":0.5,"busy_ms":400,"waiting_ms":0,"messages":0,"waits":0,"depth":0,"capacity":64,"workers":1,"worker_ms":500}"#,
            r#"{"t_ms":1000,"event":"stage","name":"lookup","done":5,"busy":0.9,"busy_ms":900,"waiting_ms":6,"messages":220,"waits":30,"depth":0,"capacity":64,"workers":3,"worker_ms":1500}"#,
            r#"{"t_ms":1000,"event":"directory","requests":25,"keys":25,"failures":0}"#,
        ] {
            let Stamped { t_ms, event } = line.parse().unwrap();
            run.take(t_ms, event);
        }
        let end =
            r#"{"step":"s","lines":110,"malformed":10,"unresolved":0,"seconds":2.0,"rows":[]}"#;
        run.finish(&serde_json::from_str(end).unwrap());
        assert_eq!(run.metrics["busy_share.lookup"], ("share", 0.6));
        assert_eq!(run.metrics["workers_mean.lookup"], ("", 1.5));
        assert_eq!(run.metrics["lock_waits.lookup"], ("", 30.0));
        assert_eq!(run.metrics["lock_wait_us.lookup"], ("us", 200.0));
        assert_eq!(run.metrics["lines_per_s"], ("lines/s", 55.0));
        assert_eq!(run.metrics["messages_per_line"], ("", 2.0));
        assert_eq!(run.metrics["hit_share"], ("share", 0.75));
        assert_eq!(run.series["busy.lookup"], [[0.5, 0.5], [1.0, 0.9]]);
    }
}
