//! Measuring a whole process: its own events, and what the operating system counted.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::suites::Process;
use crate::usage::Watch;

/// What one run brought: metrics by name, each with its unit, and measurements over time.
#[derive(Debug, Default)]
pub(crate) struct Run {
    pub metrics: BTreeMap<String, (&'static str, f64)>,
    pub series: BTreeMap<String, Vec<[f64; 2]>>,
    /// Messages taken from the stages' queues, by stage.
    messages: BTreeMap<String, f64>,
}

/// Runs a program of the book once with `--events`.
///
/// # Errors
///
/// If the program cannot be run, fails, or does not end with its report.
pub(crate) fn run(binaries: &Path, case: &Process) -> Result<Run> {
    let program = binaries.join(case.program);
    let mut child = Command::new(&program)
        .args(&case.arguments)
        .arg("--events")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let watch = Watch::new(&child);
    let out = child.stdout.take().context("the child's output")?;
    let mut run = Run::default();
    let mut ended = None;
    for line in BufReader::new(out).lines() {
        let event: Value = serde_json::from_str(&line?).context("an event that is not JSON")?;
        run.take(&event);
        if event["event"] == "end" {
            ended = Some(event);
        }
    }
    let usage = watch.wait(&child)?;
    let name = || format!("{} {}", case.program, case.arguments.join(" "));
    ensure!(usage.succeeded, "{} failed", name());
    run.finish(&ended.with_context(|| format!("{} did not end", name()))?);
    run.put("memory_bytes", "bytes", usage.memory_bytes);
    run.put("cpu_s", "s", usage.cpu_s);
    run.put("waits", "", usage.waits);
    run.put("preemptions", "", usage.preemptions);
    Ok(run)
}

impl Run {
    fn put(&mut self, name: impl Into<String>, unit: &'static str, value: f64) {
        self.metrics.insert(name.into(), (unit, value));
    }

    fn take(&mut self, event: &Value) {
        let number = |name: &str| event[name].as_f64().unwrap_or(0.0);
        let seconds = number("t_ms") / 1e3;
        match event["event"].as_str() {
            Some("stage") => {
                let name = event["name"].as_str().unwrap_or_default();
                let available_ms = number("worker_ms");
                if available_ms > 0.0 {
                    for what in ["busy", "waiting"] {
                        let share = number(&format!("{what}_ms")) / available_ms;
                        self.put(format!("{what}_share.{name}"), "share", share.min(1.0));
                    }
                    let mean = available_ms / number("t_ms").max(1.0);
                    self.put(format!("workers_mean.{name}"), "", mean);
                }
                self.put(format!("waiting_s.{name}"), "s", number("waiting_ms") / 1e3);
                let waits = number("waits");
                self.put(format!("lock_waits.{name}"), "", waits);
                if waits > 0.0 {
                    let mean_us = number("waiting_ms") * 1e3 / waits;
                    self.put(format!("lock_wait_us.{name}"), "us", mean_us);
                }
                self.put(format!("done.{name}"), "", number("done"));
                self.messages.insert(name.to_owned(), number("messages"));
                for what in ["busy", "depth", "workers"] {
                    self.series
                        .entry(format!("{what}.{name}"))
                        .or_default()
                        .push([seconds, number(what)]);
                }
            }
            Some("progress") => {
                let rate = [seconds, number("lines_per_s")];
                self.series
                    .entry("lines_per_s".into())
                    .or_default()
                    .push(rate);
            }
            Some("latency") => {
                for (name, us) in event["us"].as_object().into_iter().flatten() {
                    self.put(format!("{name}_us"), "us", us.as_f64().unwrap_or(0.0));
                }
            }
            Some("directory") => {
                self.put("requests", "", number("requests"));
                self.put("keys", "", number("keys"));
                self.put("failures", "", number("failures"));
            }
            Some("staleness") => {
                self.put("versions_behind", "", number("versions_behind"));
                self.put("age_s", "s", number("age_s"));
            }
            _ => {}
        }
    }

    fn finish(&mut self, end: &Value) {
        let number = |name: &str| end[name].as_f64().unwrap_or(0.0);
        let (lines, seconds) = (number("lines"), number("seconds"));
        self.put("lines", "", lines);
        self.put("seconds", "s", seconds);
        self.put("lines_per_s", "lines/s", lines / seconds);
        self.put("unresolved", "", number("unresolved"));
        let messages: f64 = self.messages.values().sum();
        self.put("messages", "", messages);
        self.put("messages_per_line", "", messages / lines.max(1.0));
        self.means(lines / seconds);
        if let Some(&(_, keys)) = self.metrics.get("keys") {
            let hits = lines - number("malformed");
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
                let wait_us = mean / lines_per_s * 1e6;
                self.metrics
                    .insert(format!("wait_us.{stage}"), ("us", wait_us));
                self.metrics
                    .insert(format!("depth_mean.{stage}"), ("", mean));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn events_become_metrics() {
        let mut run = Run::default();
        run.take(&json!({"t_ms": 500, "event": "stage", "name": "lookup", "done": 3, "busy": 0.5, "busy_ms": 400, "workers": 1, "worker_ms": 500}));
        run.take(&json!({"t_ms": 1000, "event": "stage", "name": "lookup", "done": 5, "busy": 0.9, "busy_ms": 900, "workers": 3, "worker_ms": 1500, "waiting_ms": 6, "waits": 30, "messages": 220}));
        run.take(
            &json!({"t_ms": 1000, "event": "directory", "requests": 25, "keys": 25, "failures": 0}),
        );
        run.finish(&json!({"lines": 110, "malformed": 10, "unresolved": 0, "seconds": 2.0}));
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
