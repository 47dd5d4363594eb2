//! Replicas: many workers in the slow stage, and one cache that they share.
//!
//! The cache is behind one lock, and a worker holds it from the look into the cache to the answer that
//! goes into it. That is safe and easily seen to be, and it makes many workers one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
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
            // A worker that panicked left the map whole: it holds finished answers only.
            let mut cache = stage.waiting(|| cache.lock().unwrap_or_else(PoisonError::into_inner));
            let answer = stage.busy(|| match cache.get(&hit.client) {
                Some(holder) => Ok(holder.clone()),
                None => {
                    let answer = connection.lookup(&hit.client);
                    if let Ok(holder) = &answer {
                        cache.insert(hit.client.clone(), holder.clone());
                    }
                    answer
                }
            });
            (answer, hit)
        });
        if answered_in.send(answered).is_err() {
            break;
        }
    }
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
