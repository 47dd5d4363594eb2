//! Shards and replicas: the directory service on several servers, each of which can do only so much.
//!
//! The stages and the contract are those of the parent. Behind the contract stand many servers now, which look like
//! one ([`fleet`]): a key belongs to a shard ([`ring`]), one of its replicas is chosen ([`choice`]), and another one is
//! asked too when that is late ([`second`]). Each is a directory with a desk in front of it ([`limited`]).

pub mod arrows;
pub mod ask;
pub mod channel;
pub mod choice;
mod coded;
pub mod contract;
mod enlist;
pub mod fleet;
mod front;
pub mod hello;
mod here;
pub mod job;
pub mod keys;
pub mod limited;
pub mod options;
pub mod process;
pub mod program;
pub mod remote;
pub mod ring;
pub mod second;
pub mod server;
pub mod service;
mod ticket;
mod tls;
pub mod transport;

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::thread;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use traffic::{Answer, Directory, Error, Input, Line, Lines, Meter, Plan, Report, Stage};

use crate::ask::look_up;
use crate::channel::{Receives, Sends, Sent, channel};
use crate::enlist::enlist;
use crate::job::{Answers, Job};
use crate::options::Options;
use crate::ticket::{Batch, Ticket};

// ANCHOR: run
/// Reports who asks for what.
///
/// # Errors
///
/// If a server cannot be had, if none is left or one does not answer, if the input can no longer be read, or the runtime cannot
/// be started.
pub fn run(
    input: &Input,
    directory: &Directory,
    plan: &Plan,
    meter: &Meter,
) -> Result<Report, Error> {
    let options = Arc::new(Options::of(plan)?);
    let [reading, parsing, lookup, counting] =
        ["read", "parse", "lookup", "count"].map(|name| meter.stage(name));
    let runtime = Runtime::new().map_err(|source| Error::System {
        what: "cannot start the tasks' runtime",
        source,
    })?;
    let (tell, sentences) = mpsc::unbounded_channel();
    let fleet = runtime.block_on(enlist(&options, directory, meter, tell))?;
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
            let (plan, patience) = (plan.clone(), options.deadline);
            let looking_up = tokio::spawn(look_up(jobs, fleet, patience, plan, lookup));
            let counting = tokio::spawn(count(counting, tickets, capacity));
            let report = async {
                // Where a call has no answer, the others fail as well, and know less of why.
                ended(looking_up).await?;
                let Ok(()) = ended(parsing).await;
                ended(counting).await
            };
            tokio::select! {
                biased;
                never = tell_all(sentences, meter) => match never {},
                report = report => report,
            }
        });
        if report.is_err() {
            input.stop(); // or the reader would wait for lines that nothing wants
        }
        reader.join().expect("the reader does not panic")?;
        report
    })
}

/// Tells what the fleet has to say, for as long as the run lasts.
async fn tell_all(mut sentences: mpsc::UnboundedReceiver<String>, meter: &Meter) -> Infallible {
    while let Some(sentence) = sentences.recv().await {
        meter.tell(sentence);
    }
    pending().await
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
