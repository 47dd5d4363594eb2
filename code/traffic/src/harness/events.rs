//! The run as JSON lines: what live charts are fed with, and what a recorded run is made of.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use super::output::Outcome;
use super::staleness::Staleness;
use crate::directory::Stats;
use crate::meter::{Meter, Reading};
use crate::plan::Plan;

/// One line of `--events`.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub(super) enum Event<'a> {
    /// The run begins.
    Start {
        step: &'a str,
        bytes: u64,
        workers: usize,
        capacity: usize,
        batch: usize,
        linger_us: u64,
        shards: usize,
        refresh_us: u64,
    },
    /// How far it has come.
    Progress {
        lines: u64,
        bytes: u64,
        lines_per_s: f64,
    },
    /// What one stage does.
    Stage {
        name: &'a str,
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
        depth: usize,
        capacity: usize,
        workers: usize,
        /// The time that its workers have had since the start, all together, in milliseconds.
        worker_ms: u64,
    },
    /// What was asked of the directory, in all.
    Directory {
        requests: u64,
        keys: u64,
        failures: u64,
    },
    /// The times in microseconds below which shares of a stage's answers lie.
    Latency {
        name: &'a str,
        us: BTreeMap<&'a str, u64>,
    },
    /// How old the answers were, on a directory that changes.
    Staleness(Staleness),
    /// The report.
    End(&'a Outcome),
}

#[derive(Serialize)]
struct Stamped<'a> {
    t_ms: u64,
    #[serde(flatten)]
    event: &'a Event<'a>,
}

impl<'a> Event<'a> {
    pub fn start(step: &'a str, bytes: u64, plan: &Plan) -> Event<'a> {
        Event::Start {
            step,
            bytes,
            workers: plan.workers,
            capacity: plan.capacity,
            batch: plan.batch,
            linger_us: u64::try_from(plan.linger.as_micros()).unwrap_or(u64::MAX),
            shards: plan.shards,
            refresh_us: u64::try_from(plan.refresh.as_micros()).unwrap_or(u64::MAX),
        }
    }

    pub fn stage(reading: &Reading, earlier: Option<&Reading>) -> Event<'a> {
        Event::Stage {
            name: reading.name,
            done: reading.done,
            busy: reading.busy_share(earlier),
            busy_ms: u64::try_from(reading.busy.as_millis()).unwrap_or(u64::MAX),
            waiting_ms: u64::try_from(reading.waiting.as_millis()).unwrap_or(u64::MAX),
            messages: reading.messages,
            waits: reading.waits,
            depth: reading.depth,
            capacity: reading.capacity,
            workers: reading.workers,
            worker_ms: u64::try_from(reading.worker_time.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

/// Writes one event, stamped with the time since the run's start.
pub(super) fn emit(event: &Event, at: Duration) -> io::Result<()> {
    let t_ms = u64::try_from(at.as_millis()).unwrap_or(u64::MAX);
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &Stamped { t_ms, event })?;
    writeln!(out)?;
    out.flush()
}

/// Writes what was asked of the directory, how long the answers took, and how old they were.
pub(super) fn totals(
    stats: &Stats,
    meter: &Meter,
    staleness: Option<Staleness>,
    at: Duration,
) -> io::Result<()> {
    let &Stats {
        requests,
        keys,
        failures,
        ..
    } = stats;
    emit(
        &Event::Directory {
            requests,
            keys,
            failures,
        },
        at,
    )?;
    if let Some(staleness) = staleness {
        emit(&Event::Staleness(staleness), at)?;
    }
    for stage in meter.handles() {
        if let Some(percentiles) = stage.percentiles_us() {
            let us = percentiles.into_iter().collect();
            emit(
                &Event::Latency {
                    name: stage.name(),
                    us,
                },
                at,
            )?;
        }
    }
    Ok(())
}

/// Writes the last event.
pub(super) fn end(outcome: &Outcome, at: Duration) -> io::Result<()> {
    emit(&Event::End(outcome), at)
}
