//! Elastic: a controller grows and shrinks the lookup stage, on what it sees in its queue.
//!
//! The controller looks at the stage a thousand times a second and says how many workers there should
//! be; the pool starts them and asks them to leave. What the number is when the work begins no longer
//! matters, and what it should be need not be known.

mod controller;
mod pool;
mod sync;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use traffic::directory::Connection;
use traffic::{
    Answer, Directory, Error, Hit, HitBuf, Holder, Input, Line, Malformed, Meter, Plan, Report,
    Stage,
};

use controller::{Controller, Observation};
use pool::{Pool, Waiting};

// ANCHOR: run
/// A parsed line: a hit, or the line and what is wrong with it.
type Parsed = Result<HitBuf, (Line, Malformed)>;

/// A hit with its answer, or the line and what is wrong with it.
type Answered = Result<(Answer, HitBuf), (Line, Malformed)>;

/// What waits for a worker.
type Queue = Receiver<Waiting<Parsed>>;

/// The answers so far, shared by all workers.
type Cache = Mutex<HashMap<Vec<u8>, Holder>>;

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
    let [reading, parsing, lookup, counting] =
        ["read", "parse", "lookup", "count"].map(|name| meter.stage(name));
    let (lines_in, lines) = bounded(plan.capacity);
    let (parsed_in, parsed) = bounded(plan.capacity);
    let (answered_in, answered) = bounded(plan.capacity);
    let cache = &Cache::default();
    let pool = &Pool::new();
    let controller = Controller::new(plan.workers);
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(input, &reading, &lines_in));
        scope.spawn(move || parse(&parsing, &lines, &parsed_in));
        scope.spawn(move || {
            let hire = || {
                let (lookup, parsed, answered_in) =
                    (lookup.clone(), parsed.clone(), answered_in.clone());
                scope.spawn(move || {
                    let connection = &mut directory.connect();
                    look_up(&lookup, cache, connection, pool, &parsed, &answered_in);
                });
            };
            control(&lookup, controller, pool, &parsed, hire);
            // The channels close when the last worker drops its ends: ours go here.
        });
        let report = count(&counting, &answered);
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

fn parse(stage: &Stage, lines: &Receiver<Line>, parsed_in: &Sender<Waiting<Parsed>>) {
    for line in lines {
        stage.queue(lines.len(), lines.capacity());
        let parsed = stage.busy(|| match Hit::parse(&line.bytes) {
            Ok(hit) => Ok(hit.to_buf(line.due)),
            Err(why) => Err((line, why)),
        });
        if parsed_in.send(Waiting::new(parsed)).is_err() {
            break;
        }
    }
}

/// Looks, decides, hires and asks to leave, until the end of the input.
fn control(
    stage: &Stage,
    mut controller: Controller,
    pool: &Pool,
    parsed: &Queue,
    hire: impl FnMut(),
) {
    let decide = |idle, wait| {
        let workers = controller.decide(&Observation {
            depth: parsed.len(),
            capacity: parsed.capacity().unwrap_or(usize::MAX),
            idle,
            wait,
        });
        stage.workers(workers);
        workers
    };
    pool.control(decide, hire);
}

fn look_up(
    stage: &Stage,
    cache: &Cache,
    connection: &mut Connection,
    pool: &Pool,
    parsed: &Queue,
    answered_in: &Sender<Answered>,
) {
    pool.work(parsed, |parsed_line| {
        stage.queue(parsed.len(), parsed.capacity());
        let answered = parsed_line.map(|hit| {
            let answer = stage.busy(|| {
                let known = lock_cache(stage, cache).get(&hit.client).cloned();
                match known {
                    Some(holder) => Ok(holder),
                    None => {
                        let answer = connection.lookup(&hit.client);
                        if let Ok(holder) = &answer {
                            lock_cache(stage, cache).insert(hit.client.clone(), holder.clone());
                        }
                        answer
                    }
                }
            });
            (answer, hit)
        });
        answered_in.send(answered).is_ok()
    });
}

/// Takes the lock, for a moment.
fn lock_cache<'a>(stage: &Stage, cache: &'a Cache) -> MutexGuard<'a, HashMap<Vec<u8>, Holder>> {
    // A worker that panicked left the map whole: it holds finished answers only.
    stage.waiting(|| cache.lock().unwrap_or_else(PoisonError::into_inner))
}

fn count(stage: &Stage, answered: &Receiver<Answered>) -> Report {
    let mut report = Report::new();
    for line in answered {
        stage.queue(answered.len(), answered.capacity());
        stage.busy(|| match line {
            Ok((answer, hit)) => report.count(&answer, &hit.as_hit()),
            Err((line, why)) => report.malformed(&line, why),
        });
    }
    report
}
// ANCHOR_END: run
