//! Calls: the directory is a service behind the contract of Part I, one or two processes away.
//!
//! The stages stay where they are. What leaves the process is the question that a stage asks, and a deadline
//! and a cancellation go with it ([`contract`]). In the way of the question stands a cache, the [`front`], so
//! that there are two hops. The ways in which both silently stop working are kept, in [`broken`].

pub mod arrows;
pub mod ask;
pub mod broken;
pub mod channel;
mod coded;
pub mod command;
pub mod contract;
pub mod front;
pub mod hello;
pub mod here;
pub mod job;
pub mod keys;
pub mod left;
pub mod places;
mod process;
pub mod remote;
pub mod service;
mod services;
mod ticket;
mod tls;
pub mod transport;

use std::convert::Infallible;
use std::thread;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use traffic::{Answer, Directory, Error, Input, Line, Lines, Meter, Plan, Report, Stage};

use crate::ask::look_up;
use crate::channel::{Receives, Sends, Sent, channel};
use crate::job::{Answers, Job};
use crate::places::Places;
use crate::services::Reached;
use crate::ticket::{Batch, Ticket};

// ANCHOR: run
/// Reports who asks for what.
///
/// # Errors
///
/// If a service cannot be had or does not answer, if the input can no longer be read, or the runtime cannot
/// be started.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let places = Places::of(plan)?;
    let [reading, parsing, lookup, counting] =
        ["read", "parse", "lookup", "count"].map(|name| meter.stage(name));
    let runtime = Runtime::new().map_err(|source| Error::System {
        what: "cannot start the tasks' runtime",
        source,
    })?;
    let (service, children) = runtime.block_on(places.reach(directory))?;
    if places.tells_left {
        meter.tell(format!(
            "a question has {:?}, over all its hops",
            places.deadline
        ));
    }
    meter.be_ready();
    let (lines_in, lines) = channel(plan.capacity, &parsing);
    let (jobs_in, jobs) = channel(plan.capacity, &lookup);
    let (tickets_in, tickets) = channel(1, &counting);
    let capacity = plan.capacity.max(1);
    thread::scope(|scope| {
        // The one thread that is left: it may wait for a disk, a pipe, or the hour of the next line.
        let reader = scope.spawn(move || read(input, &reading, plan.batch, &lines_in));
        let report = runtime.block_on(async {
            let parsing = tokio::spawn(parse(parsing, lines, jobs_in, tickets_in));
            let (plan, patience) = (plan.clone(), places.deadline);
            let looking_up = match service {
                Reached::Here(here) => tokio::spawn(look_up(jobs, here, patience, plan, lookup)),
                Reached::Front(front) => tokio::spawn(look_up(jobs, front, patience, plan, lookup)),
                Reached::Elsewhere(service) => {
                    tokio::spawn(look_up(jobs, service, patience, plan, lookup))
                }
            };
            let counting = tokio::spawn(count(counting, tickets, capacity));
            // Where a call has no answer, the others fail as well, and know less of why.
            let looked_up = ended(looking_up).await;
            children.end(looked_up).await?;
            let Ok(()) = ended(parsing).await;
            ended(counting).await
        });
        if report.is_err() {
            input.stop(); // or the reader would wait for lines that nothing wants
        }
        reader.join().expect("the reader does not panic")?;
        report
    })
}

/// What a task came to; its panic goes on here.
async fn ended<T>(task: JoinHandle<T>) -> T {
    match task.await {
        Ok(result) => result,
        Err(err) => std::panic::resume_unwind(err.into_panic()),
    }
}

fn read(
    input: &Input,
    stage: &Stage,
    batch_max: usize,
    lines_in: &mpsc::Sender<Vec<Line>>,
) -> Result<(), Error> {
    let mut lines = input.lines();
    loop {
        let batch = stage.busy_batch(|| {
            let batch = gather(&mut lines, batch_max, lines_in);
            (batch.as_ref().map_or(0, Vec::len), batch)
        })?;
        // Without a receiver the next stage is gone, and its handle will say why.
        if batch.is_empty() || lines_in.blocking_send(batch).is_err() {
            return Ok(());
        }
    }
}

/// The next lines, as many as there is time for: while the next stage has something to do, a batch that
/// is not full may grow. Without a line there are no more.
fn gather(
    lines: &mut Lines,
    batch_max: usize,
    lines_in: &mpsc::Sender<Vec<Line>>,
) -> Result<Vec<Line>, Error> {
    let mut batch = Vec::new();
    for line in lines {
        batch.push(line?);
        let is_idle = lines_in.capacity() == lines_in.max_capacity();
        if batch.len() >= batch_max || is_idle {
            break;
        }
    }
    Ok(batch)
}

async fn parse(
    stage: Stage,
    mut lines: impl Receives<Vec<Line>, Error = Infallible>,
    mut jobs_in: impl Sends<Job<mpsc::Sender<Answers>>, Error = Infallible>,
    mut tickets_in: impl Sends<Ticket<mpsc::Receiver<Answers>>, Error = Infallible>,
) -> Result<(), Infallible> {
    while let Some(lines) = lines.receive().await? {
        for batch in stage.busy_batch(|| (lines.len(), parse_all(&lines))) {
            let (answers_in, answers) = mpsc::channel(1);
            let (job, ticket) = batch.ask(answers_in, answers);
            let sent = (tickets_in.send(ticket).await?, jobs_in.send(job).await?);
            // Without a receiver the next stage is gone, and its handle will say why.
            if sent != (Sent::Accepted, Sent::Accepted) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// One batch nearly always, and more where the clients are very long.
fn parse_all(lines: &[Line]) -> Vec<Batch> {
    let mut batches = Vec::new();
    let mut batch = Batch::default();
    for line in lines {
        if batch.is_full() {
            batches.push(std::mem::take(&mut batch));
        }
        batch.push(line);
    }
    batches.push(batch);
    batches
}

/// Counts batches as their answers come, and waits for as many at a time as there may be under way.
async fn count<R: Receives<Answers>>(
    stage: Stage,
    mut tickets: impl Receives<Ticket<R>, Error = Infallible>,
    under_way_max: usize,
) -> Result<Report, Error> {
    let mut report = Report::new();
    let mut under_way = FuturesUnordered::new();
    let mut has_ended = false;
    loop {
        tokio::select! {
            biased;
            Some(answered) = under_way.next() => {
                let (batch, answers): (Batch, Vec<Answer>) = answered?;
                stage.busy_batch(|| (batch.lines(), batch.count(&answers, &mut report)));
            }
            Ok(ticket) = tickets.receive(), if !has_ended && under_way.len() < under_way_max => {
                match ticket {
                    Some(ticket) => under_way.push(ticket.answered()),
                    None => has_ended = true,
                }
            }
            else => return Ok(report),
        }
    }
}
// ANCHOR_END: run
