//! What a run says while it runs: the lines of `--events`, as types.
//!
//! A step writes them, and live charts, recordings and benchmarks read them. The last one carries the
//! [`Outcome`], which is also all that `--format json` prints.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::meter::Reading;
use crate::plan::Plan;
use crate::report::{Report, Row};

/// An event, and when it was.
///
/// It is read by [`str::parse`] and not by serde's derived code: that buffers what it has to look at
/// twice, in a form that has no numbers of 128 bits, and a report has some.
///
/// # Examples
///
/// ```
/// use traffic::event::{Event, Stamped};
///
/// let line = r#"{"t_ms":7,"event":"directory","requests":1,"keys":3,"failures":0}"#;
/// let Stamped { t_ms, event } = line.parse()?;
/// assert_eq!(t_ms, 7);
/// assert!(matches!(event, Event::Directory { keys: 3, .. }));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stamped {
    /// Milliseconds since the run began.
    pub t_ms: u64,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// One line of `--events`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event {
    /// The run begins.
    Start {
        /// The step's name.
        step: String,
        /// Bytes of input, as far as they are known: what comes through a pipe is not.
        bytes: u64,
        /// [`Plan::workers`].
        workers: usize,
        /// [`Plan::capacity`].
        capacity: usize,
        /// [`Plan::batch`].
        batch: usize,
        /// [`Plan::linger`], in microseconds.
        linger_us: u64,
        /// [`Plan::shards`].
        shards: usize,
        /// [`Plan::refresh`], in microseconds.
        refresh_us: u64,
    },
    /// How far it has come.
    Progress {
        /// Lines read so far.
        lines: u64,
        /// Bytes read so far.
        bytes: u64,
        /// Lines a second since the last event of this kind.
        lines_per_s: f64,
    },
    /// What one stage does.
    Stage {
        /// The stage's name.
        name: String,
        /// Lines that it is done with.
        done: u64,
        /// The share of its workers' time that it was busy since the last event.
        busy: f64,
        /// Its workers' busy time since the start, in milliseconds.
        busy_ms: u64,
        /// Its workers' time spent waiting for a lock since the start, in milliseconds.
        waiting_ms: u64,
        /// Messages taken from its queue since the start.
        messages: u64,
        /// How often they waited for a lock.
        waits: u64,
        /// Messages in the queue in front of it.
        depth: usize,
        /// How many that queue holds.
        capacity: usize,
        /// How many workers it has.
        workers: usize,
        /// The time that its workers have had since the start, all together, in milliseconds.
        worker_ms: u64,
    },
    /// What was asked of the directory, in all.
    Directory {
        /// Requests sent.
        requests: u64,
        /// Keys in them.
        keys: u64,
        /// Requests that got no answer.
        failures: u64,
    },
    /// The times in microseconds below which shares of a stage's answers lie.
    Latency {
        /// The stage's name.
        name: String,
        /// By the share's name: `p50`, `p99.9`, `max`.
        us: BTreeMap<String, u64>,
    },
    /// How old the answers were, on a directory that changes.
    Staleness(Staleness),
    /// The report.
    #[serde(skip_deserializing)]
    End(Outcome),
}

/// How far the answers of a run were behind the directory, in the mean over all hits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Staleness {
    /// How many newer versions there were when a hit's line was due.
    pub versions_behind: f64,
    /// How much earlier than the current version the one used was published, in seconds.
    pub age_s: f64,
}

/// One finished run: the object that `--format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The step's name.
    pub step: String,
    /// All lines of the input.
    pub lines: u64,
    /// Those that are no hit.
    pub malformed: u64,
    /// Hits whose lookup failed.
    pub unresolved: u64,
    /// From the first byte of input to the sorted report.
    pub seconds: f64,
    /// Whether it is of a part of the input only: it was ended early, or could not be read to its end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
    /// The sorted report.
    pub rows: Vec<Row>,
}

impl Outcome {
    /// What a step's report and its rows say, after so many seconds.
    pub fn new(
        step: &str,
        report: &Report,
        rows: Vec<Row>,
        seconds: f64,
        partial: bool,
    ) -> Outcome {
        Outcome {
            step: step.to_owned(),
            lines: report.lines(),
            malformed: report.malformed_lines(),
            unresolved: report.unresolved(),
            seconds,
            partial,
            rows,
        }
    }
}

impl Event {
    /// The first event of a run on so many bytes.
    pub fn start(step: &str, bytes: u64, plan: &Plan) -> Event {
        let us = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        Event::Start {
            step: step.to_owned(),
            bytes,
            workers: plan.workers,
            capacity: plan.capacity,
            batch: plan.batch,
            linger_us: us(plan.linger),
            shards: plan.shards,
            refresh_us: us(plan.refresh),
        }
    }

    /// What a stage's counters say, and how they have changed since an earlier reading.
    pub fn stage(reading: &Reading, earlier: Option<&Reading>) -> Event {
        let ms = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        Event::Stage {
            name: reading.name.to_owned(),
            done: reading.done,
            busy: reading.busy_share(earlier),
            busy_ms: ms(reading.busy),
            waiting_ms: ms(reading.waiting),
            messages: reading.messages,
            waits: reading.waits,
            depth: reading.depth,
            capacity: reading.capacity,
            workers: reading.workers,
            worker_ms: ms(reading.worker_time),
        }
    }
}

impl FromStr for Stamped {
    type Err = serde_json::Error;

    fn from_str(line: &str) -> Result<Stamped, serde_json::Error> {
        #[derive(Deserialize)]
        struct Head {
            t_ms: u64,
            event: String,
        }
        let Head { t_ms, event } = serde_json::from_str(line)?;
        let event = match event.as_str() {
            "end" => Event::End(serde_json::from_str(line)?),
            _ => serde_json::from_str(line)?,
        };
        Ok(Stamped { t_ms, event })
    }
}

#[cfg(test)]
mod tests;
