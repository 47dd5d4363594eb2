//! Combine: who knows what a line means counts it, and hands over the sums and not the lines.
//!
//! Several threads do what parsing, sorting and counting were: each looks its clients up in the cache
//! that all share and counts what is known into a report of its own, as a MapReduce *combiner* counts
//! where the data is before anything is sent. Only what is missing goes on to be asked for. In the end
//! the reports are merged, which is possible because each number in them is a sum.

pub mod batch;
mod bulk;
pub mod flight;
pub mod shard;
mod sync;

use std::sync::{Arc, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use traffic::directory::MultiplexedConnection;
use traffic::{
    Answer, Directory, Error, Hit, HitBuf, Holder, Input, Line, Lines, Meter, Plan, Report, Stage,
};

use crate::batch::Limits;
use crate::bulk::Bulk;
use crate::flight::SingleFlight;
use crate::shard::{Shard, Sharded};

// ANCHOR: run
/// Hits whose clients must be asked for.
type Missing = Vec<HitBuf>;

/// A hit with its answer, which came too late for a worker to count it.
type Late = (Answer, HitBuf);

/// The answers that are remembered, shared by all workers and tasks.
type Cache = Arc<Sharded<Holder>>;

/// Answers remembered at most, in all shards: some ten megabytes, however many clients there are. A
/// client that is not among so many comes so seldom that to ask again costs less than to remember.
const ANSWERS_MAX: usize = 64 * 1024;

/// Lookups in flight at most; the workers of the plan are those that work.
const IN_FLIGHT_MAX: usize = 1024;

/// Lines that wait for the lookup of another at most. A bound on memory when the directory is slow, and
/// not taken from the lookups in flight: however large a crowd, it holds one of those.
const FOLLOWERS_MAX: usize = 16 * 1024;

/// Reports who asks for what.
///
/// # Errors
///
/// If the input can no longer be read, or the runtime cannot be started.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let [reading, working, lookup, counting] =
        ["read", "work", "lookup", "count"].map(|name| meter.stage(name));
    let runtime = Runtime::new().map_err(|source| Error::System {
        what: "cannot start the tasks' runtime",
        source,
    })?;
    let (lines_in, lines) = bounded(plan.capacity);
    // A channel of tokio's holds at least one.
    let (missing_in, missing) = mpsc::channel(plan.capacity.max(1));
    let (late_in, late) = mpsc::channel(plan.capacity.max(1));
    let cache = &Cache::new(Sharded::new(plan.shards, ANSWERS_MAX));
    working.workers(plan.workers);
    let (runtime, working) = (&runtime, &working);
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(input, &reading, plan.batch, &lines_in));
        let worker = || {
            let (lines, missing_in) = (lines.clone(), missing_in.clone());
            scope.spawn(move || work(working, cache, &lines, &missing_in))
        };
        let workers: Vec<_> = (0..plan.workers).map(|_| worker()).collect();
        // The channels end when the last worker has gone.
        drop((lines, missing_in));
        let connection = directory.share();
        let limits = Limits {
            size: plan.batch,
            linger: plan.linger,
        };
        scope.spawn(move || {
            runtime.block_on(look_up(lookup, connection, cache, limits, missing, late_in));
        });
        let mut report = count(&counting, late);
        for worker in workers {
            report.merge(worker.join().expect("a worker does not panic"));
        }
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

/// Counts what can be counted at once, and sends on what must be asked for.
fn work(
    stage: &Stage,
    cache: &Cache,
    lines: &Receiver<Vec<Line>>,
    missing_in: &mpsc::Sender<Missing>,
) -> Report {
    let mut report = Report::new();
    for batch in lines {
        stage.queue(lines.len(), lines.capacity());
        let missing = stage.busy_batch(|| {
            let mut missing = Missing::new();
            for line in &batch {
                match Hit::parse(&line.bytes) {
                    Ok(hit) => match recall(stage, cache, hit.client) {
                        Some(holder) => report.count(&Ok(holder), &hit),
                        None => missing.push(hit.to_buf(line.due)),
                    },
                    Err(why) => report.malformed(line, why),
                }
            }
            (batch.len(), missing)
        });
        if !missing.is_empty() && missing_in.blocking_send(missing).is_err() {
            break;
        }
    }
    report
}

async fn look_up(
    stage: Stage,
    connection: MultiplexedConnection,
    cache: &Cache,
    limits: Limits,
    mut missing: mpsc::Receiver<Missing>,
    late_in: mpsc::Sender<Late>,
) {
    let connection = Bulk::over(connection, limits);
    let single_flight = SingleFlight::default();
    let permits = Arc::new(Semaphore::new(IN_FLIGHT_MAX));
    let places = Arc::new(Semaphore::new(FOLLOWERS_MAX));
    let mut flights = JoinSet::new();
    while let Some(batch) = missing.recv().await {
        stage.queue(missing.len(), Some(missing.max_capacity()));
        stage.workers(IN_FLIGHT_MAX - permits.available_permits());
        for hit in batch {
            let seat = single_flight.board(&hit.client);
            let limit = if seat.leads() { &permits } else { &places };
            let permit = Arc::clone(limit)
                .acquire_owned()
                .await
                .expect("the semaphore stays open");
            let (stage, cache, connection) = (stage.clone(), Arc::clone(cache), connection.clone());
            let late_in = late_in.clone();
            // Not when the task first runs: by then the answer may be there.
            let start = hit.due.unwrap_or_else(Instant::now);
            flights.spawn(async move {
                let answer = seat
                    .answer(|| ask(&stage, &cache, &connection, &hit.client))
                    .await;
                stage.took(start.elapsed());
                let _ = late_in.send((answer, hit)).await;
                drop(permit);
            });
        }
        while let Some(landed) = flights.try_join_next() {
            landed.expect("a lookup does not panic");
        }
    }
    flights.join_all().await;
}

/// The leader's part.
async fn ask(stage: &Stage, cache: &Cache, connection: &Bulk, client: &[u8]) -> Answer {
    // Another flight may have landed after the look into the cache and before boarding.
    if let Some(holder) = recall(stage, cache, client) {
        return Ok(holder);
    }
    let answer = connection.lookup(client).await;
    if let Ok(holder) = &answer {
        // Before the flight ends: a task that does not find it under way any more finds its answer.
        lock_shard(stage, cache, client).insert(client, holder.clone());
    }
    answer
}

/// The answer for a client, if it is remembered.
fn recall(stage: &Stage, cache: &Cache, client: &[u8]) -> Option<Holder> {
    lock_shard(stage, cache, client).get(client).cloned()
}

/// Takes the lock of a client's shard, for a moment; no task holds it while it waits for anything else.
fn lock_shard<'a>(stage: &Stage, cache: &'a Cache, client: &[u8]) -> MutexGuard<'a, Shard<Holder>> {
    let shard = cache.shard(client);
    // The clock is only for a lock that is taken: two looks at it cost more than to take one that is free.
    if let Ok(shard) = shard.try_lock() {
        return shard;
    }
    // A task that panicked left the shard whole: it holds finished answers only.
    stage.waiting(|| shard.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Counts what came late.
fn count(stage: &Stage, mut late: mpsc::Receiver<Late>) -> Report {
    let mut report = Report::new();
    while let Some((answer, hit)) = late.blocking_recv() {
        stage.queue(late.len(), Some(late.max_capacity()));
        stage.busy(|| report.count(&answer, &hit.as_hit()));
    }
    report
}
// ANCHOR_END: run
