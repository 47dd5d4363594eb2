//! Coalesce: one lookup a client at a time, and all other lines of the client wait for its answer.
//!
//! Between a miss and its answer a task of the parent step leaves no trace: the same client, met again,
//! is asked for again. Here the question in flight is known to all ([`flight`]).

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
    Answer, Directory, Error, Hit, HitBuf, Holder, Input, Line, Malformed, Meter, Plan, Report,
    Stage,
};

use crate::flight::SingleFlight;

// ANCHOR: run
/// A parsed line: a hit, or the line and what is wrong with it.
type Parsed = Result<HitBuf, (Line, Malformed)>;

/// A hit with its answer, or the line and what is wrong with it.
type Answered = Result<(Answer, HitBuf), (Line, Malformed)>;

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
        let reader = scope.spawn(move || read(input, &reading, &lines_in));
        scope.spawn(move || parse(&parsing, &lines, &parsed_in));
        let connection = directory.share();
        scope.spawn(move || {
            runtime.block_on(look_up(
                lookup,
                connection,
                plan.workers,
                parsed,
                answered_in,
            ));
        });
        let report = count(&counting, answered);
        reader.join().expect("the reader does not panic")?;
        Ok(report)
    })
}

fn read(input: &Input, stage: &Stage, lines_in: &Sender<Line>) -> Result<(), Error> {
    let mut lines = input.lines();
    while let Some(line) = stage.busy(|| lines.next()) {
        if lines_in.send(line?).is_err() {
            break; // the next stage is gone: it panicked, and the scope will say so
        }
    }
    Ok(())
}

fn parse(stage: &Stage, lines: &Receiver<Line>, parsed_in: &mpsc::Sender<Parsed>) {
    for line in lines {
        stage.queue(lines.len(), lines.capacity());
        let parsed = stage.busy(|| match Hit::parse(&line.bytes) {
            Ok(hit) => Ok(hit.to_buf(line.due)),
            Err(why) => Err((line, why)),
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
    mut parsed: mpsc::Receiver<Parsed>,
    answered_in: mpsc::Sender<Answered>,
) {
    let cache = Cache::default();
    let single_flight = SingleFlight::default();
    let permits = Arc::new(Semaphore::new(in_flight_max));
    let places = Arc::new(Semaphore::new(FOLLOWERS_MAX));
    let mut flights = JoinSet::new();
    while let Some(line) = parsed.recv().await {
        stage.queue(parsed.len(), Some(parsed.max_capacity()));
        stage.workers(in_flight_max - permits.available_permits());
        let with_known = |hit: HitBuf| (lock_cache(&stage, &cache).get(&hit.client).cloned(), hit);
        let hit = match line.map(with_known) {
            Ok((None, hit)) => hit,
            Ok((Some(holder), hit)) => {
                let _ = answered_in.send(Ok((Ok(holder), hit))).await;
                continue;
            }
            Err(malformed) => {
                let _ = answered_in.send(Err(malformed)).await;
                continue;
            }
        };
        let seat = single_flight.board(&hit.client);
        let limit = if seat.leads() { &permits } else { &places };
        let permit = Arc::clone(limit)
            .acquire_owned()
            .await
            .expect("the semaphore stays open");
        let (stage, cache, connection) = (stage.clone(), Arc::clone(&cache), connection.clone());
        let answered_in = answered_in.clone();
        // Not when the task first runs: by then the answer may be there.
        let start = hit.due.unwrap_or_else(Instant::now);
        flights.spawn(async move {
            let answer = seat
                .answer(|| ask(&stage, &cache, &connection, &hit.client))
                .await;
            stage.took(start.elapsed());
            let _ = answered_in.send(Ok((answer, hit))).await;
            drop(permit);
        });
        while let Some(landed) = flights.try_join_next() {
            landed.expect("a lookup does not panic");
        }
    }
    flights.join_all().await;
}

/// The leader's part.
async fn ask(
    stage: &Stage,
    cache: &Cache,
    connection: &MultiplexedConnection,
    client: &[u8],
) -> Answer {
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
    while let Some(line) = answered.blocking_recv() {
        stage.queue(answered.len(), Some(answered.max_capacity()));
        stage.busy(|| match line {
            Ok((answer, hit)) => report.count(&answer, &hit.as_hit()),
            Err((line, why)) => report.malformed(&line, why),
        });
    }
    report
}
// ANCHOR_END: run
