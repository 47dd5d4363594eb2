//! Partition: each client belongs to one worker, and what one worker owns needs no lock.
//!
//! The reader sends each line to the worker that owns its client, which [`jump`] decides. An [`owner`]
//! has a cache, open questions and a report, all of its own, and asks through a task that has the
//! connection; its answers return on a channel of its own.

pub mod cache;
pub mod jump;
pub mod owner;
mod sync;

use std::mem;
use std::thread;

use crossbeam_channel::{Sender, bounded};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use traffic::directory::MultiplexedConnection;
use traffic::{Directory, Error, Input, Line, Lines, Meter, Plan, Report, Stage};

use crate::jump::owner;
use crate::owner::{Answered, Limits, Owner, Question};

// ANCHOR: run
/// Which worker asks, and what.
type Asked = (usize, Vec<Question>);

/// Answers remembered at most, by all workers: some ten megabytes, however many clients there are. A
/// client that is not among so many comes so seldom that to ask again costs less than to remember.
const ANSWERS_MAX: usize = 64 * 1024;

/// Hits of one worker that wait for answers at most: the largest part of what it holds.
const WAITING_MAX: usize = 16 * 1024;

/// Journeys of one worker's questions under way at most, each with a place for its answers.
const JOURNEYS_MAX: usize = 64;

/// What the workers are called, each a stage of its own: whether one is busier than the others is the
/// question here. More workers than names share them.
const NAMES: [&str; 4] = ["work-1", "work-2", "work-3", "work-4"];

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
    let reading = meter.stage("read");
    let working: Vec<Stage> = (NAMES.iter().take(plan.workers))
        .map(|name| meter.stage(name))
        .collect();
    let lookup = meter.stage("lookup");
    let runtime = Runtime::new().map_err(|source| Error::System {
        what: "cannot start the tasks' runtime",
        source,
    })?;
    let limits = Limits {
        answers: ANSWERS_MAX / plan.workers,
        waiting: WAITING_MAX,
        batch: plan.batch,
        journeys: JOURNEYS_MAX,
    };
    // No more wait in it than all workers have under way.
    let (questions_in, questions) = mpsc::unbounded_channel();
    let runtime = &runtime;
    thread::scope(|scope| {
        let (mut lines_in, mut answers_in, mut workers) = (Vec::new(), Vec::new(), Vec::new());
        for number in 0..plan.workers {
            let (batch_in, lines) = bounded(plan.capacity);
            let (answer_in, answers) = bounded(limits.journeys);
            lines_in.push(batch_in);
            answers_in.push(answer_in);
            let stage = working[number % working.len()].clone();
            let questions_in = questions_in.clone();
            workers.push(scope.spawn(move || {
                Owner::new(limits).work(&stage, &lines, &answers, |questions| {
                    // Without a receiver the answers' channel is about to end, too.
                    let _ = questions_in.send((number, questions));
                })
            }));
        }
        drop(questions_in);
        let reader = scope.spawn(move || read(input, &reading, plan.batch, &lines_in));
        let connection = directory.share();
        scope.spawn(move || runtime.block_on(look_up(lookup, connection, questions, answers_in)));
        let mut report = Report::new();
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
    lines_in: &[Sender<Vec<Line>>],
) -> Result<(), Error> {
    let mut lines = input.lines();
    let mut parts = vec![Vec::new(); lines_in.len()];
    loop {
        let (number, batch) = stage.busy_batch(|| {
            let batch = gather(&mut lines, &mut parts, batch_max, lines_in);
            (batch.as_ref().map_or(0, |(_, batch)| batch.len()), batch)
        })?;
        // Without a receiver the next stage is gone: it panicked, and the scope will say so.
        if batch.is_empty() || lines_in[number].send(batch).is_err() {
            return Ok(());
        }
    }
}

/// The next lines of one worker, as many as there is time for: while that worker has something to do, a
/// batch that is not full may grow. Without a line there are no more.
fn gather(
    lines: &mut Lines,
    parts: &mut [Vec<Line>],
    batch_max: usize,
    lines_in: &[Sender<Vec<Line>>],
) -> Result<(usize, Vec<Line>), Error> {
    for line in lines {
        let line = line?;
        let number = owner(&line.bytes, parts.len());
        parts[number].push(line);
        if parts[number].len() >= batch_max || lines_in[number].is_empty() {
            return Ok((number, mem::take(&mut parts[number])));
        }
    }
    // No line is left, but parts of batches are.
    let number = parts.iter().position(|part| !part.is_empty()).unwrap_or(0);
    Ok((number, mem::take(&mut parts[number])))
}

async fn look_up(
    stage: Stage,
    connection: MultiplexedConnection,
    mut questions: mpsc::UnboundedReceiver<Asked>,
    answers_in: Vec<Sender<Answered>>,
) {
    let mut journeys = JoinSet::new();
    loop {
        tokio::select! {
            asked = questions.recv() => {
                let Some((number, asked)) = asked else { break };
                stage.queue(questions.len(), None);
                let answers_in = answers_in[number].clone();
                journeys.spawn(ask(stage.clone(), connection.clone(), asked, answers_in));
            }
            // A journey that panicked ends this task, and with it the answers' channels: no worker waits
            // for what does not come.
            Some(landed) = journeys.join_next() => landed.expect("a lookup does not panic"),
        }
    }
    journeys.join_all().await;
}

/// One journey for many questions.
async fn ask(
    stage: Stage,
    connection: MultiplexedConnection,
    asked: Vec<Question>,
    answers_in: Sender<Answered>,
) {
    let clients: Vec<&[u8]> = asked.iter().map(|(client, _)| client.as_slice()).collect();
    let answers = connection.lookup_many(&clients).await;
    let answered = asked.into_iter().zip(answers);
    let answered = answered.map(|((client, since), answer)| {
        stage.took(since.elapsed());
        (client, answer)
    });
    // Does not wait: each journey has its place. Without a receiver the worker is gone: it panicked.
    let _ = answers_in.send(answered.collect());
}
// ANCHOR_END: run
