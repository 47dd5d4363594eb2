//! In flight: the memory is asked for all lines of a batch before the first answer is needed.
//!
//! The workers, their chunks and the columns of a batch are those of the parent. What changes is how a batch is looked up:
//! all searches for a holder go in step, without a branch that depends on an address ([`stretches`]), and the places of all
//! routes ([`batch_routes`]) and of all cells of the tally ([`batch_cells`]) are loaded before the first of them is used.

pub mod batch_cells;
pub mod batch_counter;
pub mod batch_routes;
pub mod columns;
pub mod index;
pub mod masks;
pub mod replica;
pub mod steal;
pub mod stretches;
mod sync;
pub mod words;

use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use traffic::directory::Connection;
use traffic::{Directory, Error, Input, Mapped, Meter, Plan, Report, Stage};

use crate::batch_counter::{Counted, Counter};
use crate::masks::Masks;
use crate::replica::Published;
use crate::steal::Spans;
use crate::stretches::Indexed;

// ANCHOR: run
/// The names by which the meter tells the workers apart; if there are more, they share the last one.
const NAMES: [&str; 8] = [
    "worker-1", "worker-2", "worker-3", "worker-4", "worker-5", "worker-6", "worker-7", "worker-8",
];

/// Reports who asks for what.
///
/// # Errors
///
/// If the input cannot be mapped, or `MASKS` names a way to make masks that is not here.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    run_with(Masks::chosen()?, input, directory, plan, meter)
}

/// As [`run`], with one of the ways to make masks.
///
/// # Errors
///
/// If the input cannot be mapped.
pub fn run_with(
    masks: Masks,
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let log = &input.map()?;
    let refreshing = meter.stage("refresh");
    let (end, ended) = bounded(0);
    let (table, refreshing) = (&Published::new(), &refreshing);
    let chunk = |number| u32::try_from(number).expect("less than a petabyte");
    let spans = log.spans(plan.workers);
    let spans = &Spans::new(spans.map(|span| chunk(span.start)..chunk(span.end)));
    let working = stages(meter, plan.workers).enumerate();
    let counter = || Counter::new(masks, plan.workers);
    thread::scope(|scope| {
        // No worker could count before there is a table. If there is none, then all can without.
        let mut refresher = Refresher::new(directory);
        refreshing.busy(|| refresher.poll(table));
        scope.spawn(move || refresh(refreshing, refresher, table, plan.refresh, &ended));
        let worker = |(number, stage)| {
            scope.spawn(move || work(stage, table, log, spans, number, counter()))
        };
        let workers: Vec<_> = working.map(worker).collect();
        let counted = (workers.into_iter())
            .map(|worker| worker.join().expect("a worker does not panic"))
            .reduce(|mut all, counted| {
                all.merge(counted);
                all
            });
        let report = counted.map_or_else(Report::new, Counted::report);
        drop(end);
        Ok(report)
    })
}

/// A stage for each worker, so that the meter shows who is late.
fn stages(meter: &Meter, workers: usize) -> impl Iterator<Item = Stage> {
    let names = &NAMES[..workers.min(NAMES.len())];
    let stages: Vec<Stage> = names.iter().map(|name| meter.stage(name)).collect();
    stages[names.len() - 1].workers(workers - names.len() + 1);
    (0..workers).map(move |worker| stages[worker.min(stages.len() - 1)].clone())
}

/// Counts the lines of the chunks that it can get, those of one chunk under one version of the table.
fn work(
    stage: Stage,
    table: &Published<Indexed>,
    log: &Mapped,
    spans: &Spans,
    worker: usize,
    mut counter: Counter,
) -> Counted {
    let mut replica = table.replica();
    while let Some(number) = spans.take(worker) {
        // Without a chunk the input was ended early.
        let Some(chunk) = log.chunk(number.into()) else {
            break;
        };
        stage.busy_batch(|| (counter.count(&chunk, replica.newest()), ()));
    }
    counter.counted()
}

/// The thread that keeps the table as new as the directory's.
struct Refresher {
    connection: Connection,
    /// The version that was published last.
    version: Option<u64>,
}

impl Refresher {
    fn new(directory: &Directory) -> Refresher {
        Refresher {
            connection: directory.connect(),
            version: None,
        }
    }

    /// Publishes the directory's table if it is another than before.
    fn poll(&mut self, table: &Published<Indexed>) {
        if self.version.is_some() {
            match self.connection.version() {
                Ok(version) if Some(version) != self.version => {}
                // Without an answer we keep what we have: it is old at worst, and was true once.
                _ => return,
            }
        }
        if let Ok(newest) = self.connection.table() {
            self.version = Some(newest.version());
            table.publish(Indexed::new(newest));
        }
    }
}

/// Looks every so often whether there is a newer table, until the run ends.
fn refresh(
    stage: &Stage,
    mut refresher: Refresher,
    table: &Published<Indexed>,
    every: Duration,
    ended: &Receiver<()>,
) {
    // Not a sleep: the end of the run would have to wait for it.
    while ended.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
        stage.busy(|| refresher.poll(table));
    }
}
// ANCHOR_END: run
