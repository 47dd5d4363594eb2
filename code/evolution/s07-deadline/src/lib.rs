//! Deadline: every line has a budget, and a lookup that is late gets a second attempt.
//!
//! What is past its budget is not asked, what is late is asked again, and what is no longer wanted is
//! dropped, which cancels it. The answers are the same; fewer of them are late.

mod hedge;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use traffic::directory::MultiplexedConnection;
use traffic::{
    Answer, Directory, Error, Hit, HitBuf, Holder, Input, Line, Malformed, Meter, Plan, Report,
    Stage, Unresolved,
};

use hedge::Hedge;

// ANCHOR: run
/// A parsed line: a hit, or the line and what is wrong with it.
type Parsed = Result<HitBuf, (Line, Malformed)>;

/// A hit with its answer, or the line and what is wrong with it.
type Answered = Result<(Answer, HitBuf), (Line, Malformed)>;

/// The answers so far, shared by all tasks.
type Cache = Arc<Mutex<HashMap<Vec<u8>, Holder>>>;

/// How long a line may take from when it was due to its answer; if it has no due time, from when its
/// client is asked for. Later than that we would rather have no answer.
const BUDGET: Duration = Duration::from_secs(1);

/// How much of it a line may spend waiting for us. The rest is the directory's: a lookup with no time
/// left would fail, and the failure would be blamed on the directory.
const WAIT_MAX: Duration = Duration::from_millis(500);

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
    let permits = Arc::new(Semaphore::new(in_flight_max));
    let hedge = Hedge::new();
    let mut flights = JoinSet::new();
    while let Some(line) = parsed.recv().await {
        stage.queue(parsed.len(), Some(parsed.max_capacity()));
        stage.workers(flights.len());
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
        let permit = Arc::clone(&permits)
            .acquire_owned()
            .await
            .expect("the semaphore stays open");
        let start = hit.due.unwrap_or_else(Instant::now);
        if start.elapsed() > WAIT_MAX {
            stage.took(start.elapsed());
            let _ = answered_in.send(Ok((Err(Unresolved), hit))).await;
            continue;
        }
        let (stage, cache, connection) = (stage.clone(), Arc::clone(&cache), connection.clone());
        let (hedge, answered_in) = (hedge.clone(), answered_in.clone());
        flights.spawn(async move {
            let attempt = || connection.lookup_until(&hit.client, start + BUDGET);
            let answer = hedge.race(attempt).await;
            if let Ok(holder) = &answer {
                lock_cache(&stage, &cache).insert(hit.client.clone(), holder.clone());
            }
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
