//! Batch: what goes the same way goes together, to the directory and from stage to stage.
//!
//! A request for many clients costs one journey, and a channel is a small network: to hand over a line
//! costs about as much as to hand over many. [`batch`] decides when a batch of questions leaves;
//! lines leave when the next stage has none to do.

pub mod batch;
mod bulk;
pub mod flight;
mod sync;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use traffic::directory::MultiplexedConnection;
use traffic::{
    Answer, Directory, Error, Hit, HitBuf, Holder, Input, Line, Lines, Malformed, Meter, Plan,
    Report, Stage,
};

use crate::batch::Limits;
use crate::bulk::Bulk;
use crate::flight::SingleFlight;

// ANCHOR: run
/// Parsed lines: each a hit, or the line and what is wrong with it.
type Parsed = Vec<Result<HitBuf, (Line, Malformed)>>;

/// Hits with their answers, or the lines and what is wrong with them.
type Answered = Vec<Result<(Answer, HitBuf), (Line, Malformed)>>;

/// The answers so far, shared by all tasks.
type Cache = Arc<Mutex<HashMap<Vec<u8>, Holder>>>;

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
    let [reading, parsing, lookup, counting] =
        ["read", "parse", "lookup", "count"].map(|name| meter.stage(name));
    let runtime = Runtime::new().map_err(|source| Error::System {
        what: "cannot start the tasks' runtime",
        source,
    })?;
    let (lines_in, lines) = bounded(plan.capacity);
    // A channel of tokio's holds at least one.
    let (parsed_in, parsed) = mpsc::channel(plan.capacity.max(1));
    let (answered_in, answered) = mpsc::channel(plan.capacity.max(1));
    let runtime = &runtime;
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(input, &reading, plan.batch, &lines_in));
        scope.spawn(move || parse(&parsing, &lines, &parsed_in));
        let connection = directory.share();
        let limits = Limits {
            size: plan.batch,
            linger: plan.linger,
        };
        scope.spawn(move || {
            runtime.block_on(look_up(
                lookup,
                connection,
                plan.workers,
                limits,
                parsed,
                answered_in,
            ));
        });
        let report = count(&counting, answered);
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

fn parse(stage: &Stage, lines: &Receiver<Vec<Line>>, parsed_in: &mpsc::Sender<Parsed>) {
    for batch in lines {
        stage.queue(lines.len(), lines.capacity());
        let parsed = stage.busy_batch(|| {
            let parsed = batch.into_iter().map(|line| match Hit::parse(&line.bytes) {
                Ok(hit) => Ok(hit.to_buf(line.due)),
                Err(why) => Err((line, why)),
            });
            let parsed: Parsed = parsed.collect();
            (parsed.len(), parsed)
        });
        if parsed_in.blocking_send(parsed).is_err() {
            break;
        }
    }
}

async fn look_up(
    stage: Stage,
    connection: MultiplexedConnection,
    in_flight_max: usize,
    limits: Limits,
    mut parsed: mpsc::Receiver<Parsed>,
    answered_in: mpsc::Sender<Answered>,
) {
    let cache = Cache::default();
    let connection = Bulk::over(connection, limits);
    let single_flight = SingleFlight::default();
    let permits = Arc::new(Semaphore::new(in_flight_max));
    let places = Arc::new(Semaphore::new(FOLLOWERS_MAX));
    let mut flights = JoinSet::new();
    while let Some(batch) = parsed.recv().await {
        stage.queue(parsed.len(), Some(parsed.max_capacity()));
        stage.workers(in_flight_max - permits.available_permits());
        let (known, missing) = sort(&lock_cache(&stage, &cache), batch);
        let _ = answered_in.send(known).await;
        for hit in missing {
            let seat = single_flight.board(&hit.client);
            let limit = if seat.leads() { &permits } else { &places };
            let permit = Arc::clone(limit)
                .acquire_owned()
                .await
                .expect("the semaphore stays open");
            let (stage, cache, connection) =
                (stage.clone(), Arc::clone(&cache), connection.clone());
            let answered_in = answered_in.clone();
            // Not when the task first runs: by then the answer may be there.
            let start = hit.due.unwrap_or_else(Instant::now);
            flights.spawn(async move {
                let answer = seat
                    .answer(|| ask(&stage, &cache, &connection, &hit.client))
                    .await;
                stage.took(start.elapsed());
                let _ = answered_in.send(vec![Ok((answer, hit))]).await;
                drop(permit);
            });
        }
        while let Some(landed) = flights.try_join_next() {
            landed.expect("a lookup does not panic");
        }
    }
    flights.join_all().await;
}

/// What can be counted at once, and what must be asked for: one look into the cache for all.
fn sort(cache: &HashMap<Vec<u8>, Holder>, batch: Parsed) -> (Answered, Vec<HitBuf>) {
    let (mut known, mut missing) = (Answered::with_capacity(batch.len()), Vec::new());
    for line in batch {
        match line.map(|hit| (cache.get(&hit.client).cloned(), hit)) {
            Ok((None, hit)) => missing.push(hit),
            Ok((Some(holder), hit)) => known.push(Ok((Ok(holder), hit))),
            Err(malformed) => known.push(Err(malformed)),
        }
    }
    (known, missing)
}

/// The leader's part.
async fn ask(stage: &Stage, cache: &Cache, connection: &Bulk, client: &[u8]) -> Answer {
    // Another flight may have landed after the look into the cache and before boarding.
    let landed = lock_cache(stage, cache).get(client).cloned();
    if let Some(holder) = landed {
        return Ok(holder);
    }
    let answer = connection.lookup(client).await;
    if let Ok(holder) = &answer {
        // Before the flight ends: a task that does not find it under way any more finds its answer.
        lock_cache(stage, cache).insert(client.to_vec(), holder.clone());
    }
    answer
}

/// Takes the lock, for a moment; no task holds it while it waits for anything else.
fn lock_cache<'a>(stage: &Stage, cache: &'a Cache) -> MutexGuard<'a, HashMap<Vec<u8>, Holder>> {
    // A task that panicked left the map whole: it holds finished answers only.
    stage.waiting(|| cache.lock().unwrap_or_else(PoisonError::into_inner))
}

fn count(stage: &Stage, mut answered: mpsc::Receiver<Answered>) -> Report {
    let mut report = Report::new();
    while let Some(batch) = answered.blocking_recv() {
        stage.queue(answered.len(), Some(answered.max_capacity()));
        stage.busy_batch(|| {
            let lines = batch.len();
            for line in batch {
                match line {
                    Ok((answer, hit)) => report.count(&answer, &hit.as_hit()),
                    Err((line, why)) => report.malformed(&line, why),
                }
            }
            (lines, ())
        });
    }
    report
}
// ANCHOR_END: run
