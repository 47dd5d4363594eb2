//! Release: the same workers, and no lock held while the network is asked.
//!
//! A worker looks into the cache, lets it go, asks, and comes back to put the answer in. Between the
//! look and the answer another worker may ask for the same client: the work is done twice, and both
//! bring the same answer.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use traffic::directory::Connection;
use traffic::{
    Answer, Directory, Error, Hit, HitBuf, Holder, Input, Line, Malformed, Meter, Plan, Report,
    Stage,
};

// ANCHOR: run
/// A parsed line: a hit, or the line and what is wrong with it.
type Parsed = Result<HitBuf, (Line, Malformed)>;

/// A hit with its answer, or the line and what is wrong with it.
type Answered = Result<(Answer, HitBuf), (Line, Malformed)>;

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
    lookup.workers(plan.workers);
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(input, &reading, &lines_in));
        scope.spawn(move || parse(&parsing, &lines, &parsed_in));
        for _ in 0..plan.workers {
            let (lookup, parsed, answered_in) =
                (lookup.clone(), parsed.clone(), answered_in.clone());
            scope.spawn(move || {
                look_up(
                    &lookup,
                    cache,
                    &mut directory.connect(),
                    &parsed,
                    &answered_in,
                );
            });
        }
        // The channels close when the last worker drops its ends, so ours must go first.
        drop((parsed, answered_in));
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

fn parse(stage: &Stage, lines: &Receiver<Line>, parsed_in: &Sender<Parsed>) {
    for line in lines {
        stage.queue(lines.len(), lines.capacity());
        let parsed = stage.busy(|| match Hit::parse(&line.bytes) {
            Ok(hit) => Ok(hit.to_buf(line.due)),
            Err(why) => Err((line, why)),
        });
        if parsed_in.send(parsed).is_err() {
            break;
        }
    }
}

fn look_up(
    stage: &Stage,
    cache: &Cache,
    connection: &mut Connection,
    parsed: &Receiver<Parsed>,
    answered_in: &Sender<Answered>,
) {
    for parsed_line in parsed {
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
        if answered_in.send(answered).is_err() {
            break;
        }
    }
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
