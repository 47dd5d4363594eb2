//! What a run has heard so far: the report, and what it took.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use traffic::{Meter, Report, Stage, Unresolved};

use crate::dataflow::Final;
use crate::flags::Flags;
use crate::parts::Part;

/// The names by which the meter tells apart the workers that count; if there are more, they share the last one.
const COUNTING: [&str; 4] = ["count-1", "count-2", "count-3", "count-4"];

/// The report so far, and the meter's stages.
#[derive(Debug)]
pub struct Totals {
    report: Report,
    /// Lines that were read, looked up and counted into parts.
    pub work: Stage,
    /// Parts that were given to the exchange.
    exchange: Stage,
    /// Parts that each worker has counted.
    counting: Vec<Stage>,
    /// Parts that came when a part of a later epoch had come.
    behind: Stage,
    /// Epochs that are final, and how long after they were begun.
    finals: Stage,
    /// Bytes between this process and the others.
    wire: Stage,
    /// Workers of this process, which credit themselves what they read.
    own: usize,
    tells_epochs: bool,
    lines: u64,
}

impl Totals {
    /// Nothing yet.
    pub fn new(meter: &Meter, flags: &Flags) -> Totals {
        let work = meter.stage("work");
        work.workers(flags.threads);
        let workers = flags.processes * flags.threads;
        let exchange = meter.stage("exchange");
        let counting = COUNTING.iter().take(workers);
        let counting = counting.map(|name| meter.stage(name)).collect();
        let [behind, finals, wire] = ["behind", "final", "wire"].map(|name| meter.stage(name));
        Totals {
            report: Report::new(),
            work,
            exchange,
            counting,
            behind,
            finals,
            wire,
            own: flags.threads,
            tells_epochs: flags.tells_epochs,
            lines: 0,
        }
    }

    /// Adds an epoch that is final, so long after it was begun. Says how many lines and bytes other processes have read of it.
    pub fn add(&mut self, epoch: Final, after: Duration, meter: &Meter) -> (u64, u64) {
        let (mut lines, mut hits, mut elsewhere) = (0, 0, (0, 0));
        for read in epoch.read {
            lines += read.lines;
            note(&self.exchange, read.parts);
            if read.worker >= self.own {
                note(&self.work, read.lines);
                elsewhere = (elsewhere.0 + read.lines, elsewhere.1 + read.bytes);
            }
            self.report.merge(read.malformed);
        }
        let mut errors = 0;
        for counted in &epoch.counted {
            let stage = counted.worker.min(self.counting.len() - 1);
            note(&self.counting[stage], counted.parts);
            note(&self.behind, counted.behind);
            hits += counted.hits;
            errors += counted.errors;
        }
        self.finals.took(after);
        self.lines += lines;
        if self.tells_epochs {
            let number = epoch.epoch;
            meter.tell(format!(
                "epoch {number} is final: {lines} lines, {hits} hits, {errors} errors; {} lines by now",
                self.lines
            ));
        }
        elsewhere
    }

    /// Adds a row of the report.
    pub fn row(&mut self, part: Part) {
        let answer = part.holder.ok_or(Unresolved);
        self.report.add(&answer, &part.route, part.counts);
    }

    /// The whole report.
    pub fn end(self, bytes: &AtomicU64) -> Report {
        note(&self.wire, bytes.load(Relaxed));
        self.report
    }
}

/// Counts what was done elsewhere, and takes no time here.
fn note(stage: &Stage, number: u64) {
    stage.busy_batch(|| {
        (
            usize::try_from(number).expect("it was counted in memory"),
            (),
        )
    });
}
