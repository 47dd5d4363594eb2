//! The run as JSON lines: what live charts are fed with, and what a recorded run is made of.

use std::io::{self, Write};
use std::time::Duration;

use crate::directory::Stats;
use crate::event::{Event, Outcome, Staleness, Stamped};
use crate::meter::Meter;

/// Writes one event, stamped with the time since the run's start.
pub(super) fn emit(event: Event, at: Duration) -> io::Result<()> {
    emit_all([event], at)
}

/// Writes what was seen at one time, in one piece: to write is what a look costs.
pub(super) fn emit_all(events: impl IntoIterator<Item = Event>, at: Duration) -> io::Result<()> {
    let t_ms = u64::try_from(at.as_millis()).unwrap_or(u64::MAX);
    let mut lines = Vec::new();
    for event in events {
        serde_json::to_writer(&mut lines, &Stamped { t_ms, event })?;
        lines.push(b'\n');
    }
    let mut out = io::stdout().lock();
    out.write_all(&lines)?;
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
    let directory = Event::Directory {
        requests,
        keys,
        failures,
    };
    emit(directory, at)?;
    if let Some(staleness) = staleness {
        emit(Event::Staleness(staleness), at)?;
    }
    for stage in meter.handles() {
        if let Some(percentiles) = stage.percentiles_us() {
            let us = percentiles.map(|(share, us)| (share.to_owned(), us));
            let latency = Event::Latency {
                name: stage.name().to_owned(),
                us: us.into(),
            };
            emit(latency, at)?;
        }
    }
    Ok(())
}

/// Writes the last event.
pub(super) fn end(outcome: Outcome, at: Duration) -> io::Result<()> {
    emit(Event::End(outcome), at)
}
