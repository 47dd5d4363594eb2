//! Replicate: every worker has the whole table, and none asks any more.
//!
//! The directory's table is small, so it comes to the lines instead of the lines going to it: a *broadcast
//! join*. One request brings all answers that there are. With the questions goes all that made them
//! bearable: cache, shards, single flight, batches, deadlines, tasks. What comes in their place is a
//! [`replica`] that may be old, and a thread that looks now and then whether it is.

pub mod replica;
mod sync;

use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use traffic::directory::{Connection, Table, is_key};
use traffic::{
    Answer, Directory, Error, Hit, Holder, Input, Line, Lines, Meter, Plan, Report, Stage,
    Unresolved,
};

use crate::replica::Published;

// ANCHOR: run
/// Reports who asks for what.
///
/// # Errors
///
/// If the input can no longer be read.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let [reading, working, refreshing] = ["read", "work", "refresh"].map(|name| meter.stage(name));
    let (lines_in, lines) = bounded(plan.capacity);
    let (end, ended) = bounded(0);
    let (table, refreshing) = (&Published::new(), &refreshing);
    working.workers(plan.workers);
    let working = &working;
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(input, &reading, plan.batch, &lines_in));
        // No worker could count before there is a table. If there is none, then all can without.
        let mut refresher = Refresher::new(directory);
        refreshing.busy(|| refresher.poll(table));
        scope.spawn(move || refresh(refreshing, refresher, table, plan.refresh, &ended));
        let worker = || {
            let lines = lines.clone();
            scope.spawn(move || work(working, table, &lines))
        };
        let workers: Vec<_> = (0..plan.workers).map(|_| worker()).collect();
        // If all workers are gone, then the reader must not wait for them.
        drop(lines);
        let mut report = Report::new();
        for worker in workers {
            report.merge(worker.join().expect("a worker does not panic"));
        }
        drop(end);
        reader.join().expect("the reader does not panic")?;
        Ok(report)
    })
}

fn read(
    input: &Input,
    stage: &Stage,
    batch_max: usize,
    lines_in: &Sender<Vec<Line>>,
) -> Result<(), Error> {
    let mut lines = input.lines();
    loop {
        let batch = stage.busy_batch(|| {
            let batch = gather(&mut lines, batch_max, lines_in);
            (batch.as_ref().map_or(0, Vec::len), batch)
        })?;
        // Without a receiver the next stage is gone: it panicked, and the scope will say so.
        if batch.is_empty() || lines_in.send(batch).is_err() {
            return Ok(());
        }
    }
}

/// The next lines, as many as there is time for: while the next stage has something to do, a batch that
/// is not full may grow. Without a line there are no more.
fn gather(
    lines: &mut Lines,
    batch_max: usize,
    lines_in: &Sender<Vec<Line>>,
) -> Result<Vec<Line>, Error> {
    let mut batch = Vec::new();
    for line in lines {
        batch.push(line?);
        if batch.len() >= batch_max || lines_in.is_empty() {
            break;
        }
    }
    Ok(batch)
}

/// Counts all lines, those of one batch under one version of the table.
fn work(stage: &Stage, table: &Published<Table>, lines: &Receiver<Vec<Line>>) -> Report {
    let mut report = Report::new();
    let mut replica = table.replica();
    for batch in lines {
        stage.queue(lines.len(), lines.capacity());
        stage.busy_batch(|| {
            let table = replica.newest();
            for line in &batch {
                match Hit::parse(&line.bytes) {
                    Ok(hit) => report.count(&look_up(table, hit.client), &hit),
                    Err(why) => report.malformed(line, why),
                }
            }
            (batch.len(), ())
        });
    }
    report
}

/// What the directory would say.
fn look_up(table: Option<&Table>, client: &[u8]) -> Answer {
    match table {
        Some(table) => Ok(table.lookup(client)),
        None if is_key(client) => Err(Unresolved),
        // What could be no address or host name is in no table: that can be known without one.
        None => Ok(Holder::unknown()),
    }
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
    fn poll(&mut self, table: &Published<Table>) {
        if self.version.is_some() {
            match self.connection.version() {
                Ok(version) if Some(version) != self.version => {}
                // Without an answer we keep what we have: it is old at worst, and was true once.
                _ => return,
            }
        }
        if let Ok(newest) = self.connection.table() {
            self.version = Some(newest.version());
            table.publish(newest);
        }
    }
}

/// Looks every so often whether there is a newer table, until the run ends.
fn refresh(
    stage: &Stage,
    mut refresher: Refresher,
    table: &Published<Table>,
    every: Duration,
    ended: &Receiver<()>,
) {
    // Not a sleep: the end of the run would have to wait for it.
    while ended.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
        stage.busy(|| refresher.poll(table));
    }
}
// ANCHOR_END: run
