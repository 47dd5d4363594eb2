//! A worker: it takes ranges from the queue, and puts reports into it. It is the same wherever it runs, and knows of no
//! run: one that was killed while it worked is not missed.

use std::convert::Infallible;
use std::time::Duration;

use async_nats::jetstream::Message;
use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at, sleep};
use traffic::directory::Stats;
use traffic::{Directory, Error, Line, Meter, Report, Stage};

use crate::channel::{Sends, channel};
use crate::job::{Answers, Job};
use crate::near::look_up;
use crate::once::Name;
use crate::queue::{PAUSE, Queue, Trouble, in_progress};
use crate::ranges::Part;
use crate::start::Start;
use crate::taking::take;
use crate::ticket::Batch;

/// Ranges that a worker has at a time: while one waits for answers, others are parsed and counted. What is lost with a worker
/// is so many ranges.
pub const RANGES_MAX: usize = 4;

/// Words in the time after which a range is given to another worker: three may be late.
const BEATS: u32 = 4;

/// For how long a worker says of a range that it is in progress. After that another may try.
const PROGRESS_MAX: Duration = Duration::from_secs(60);

/// How often it is tried to put a report into the queue, before the range is left to another worker.
const TRIES: u32 = 20;

/// The stage's name.
pub const STAGE: &str = "lookup";

// ANCHOR: reported
/// What a worker puts into the queue.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reported {
    /// On which range.
    pub name: Name,
    /// The report.
    pub report: Report,
    /// The worker: a number that no other has.
    pub worker: u64,
    /// What the worker has asked of the directory since it began.
    pub asked: Stats,
}
// ANCHOR_END: reported

/// A worker.
#[derive(Clone)]
struct Worker {
    queue: Queue,
    number: u64,
    silence: Duration,
    directory: Directory,
    /// Whether the run reads for itself what was asked: the worker is a part of it.
    is_here: bool,
    jobs_in: mpsc::Sender<Job<mpsc::Sender<Answers>>>,
}

/// Works on ranges for as long as it is left to. In the run's own process the directory is the run's, too.
///
/// # Errors
///
/// One clause, if it cannot begin.
pub async fn work(
    queue: Queue,
    start: Start,
    own: Option<Directory>,
) -> Result<Infallible, String> {
    let is_here = own.is_some();
    let directory = match own {
        Some(directory) => directory,
        None => start.directory().map_err(|err| err.to_string())?,
    };
    let stage: Stage = Meter::new().stage(STAGE);
    let plan = start.plan();
    let (jobs_in, jobs) = channel(plan.capacity, &stage);
    let shared = start.shared(&directory)?;
    let looking_up = look_up(jobs, shared, start.near(), plan, stage);
    let worker = Worker {
        queue,
        number: getrandom::u64().map_err(|err| err.to_string())?,
        silence: start.terms.silence,
        directory,
        is_here,
        jobs_in,
    };
    let hands = join_all((0..RANGES_MAX).map(|_| worker.clone().work()));
    tokio::join!(looking_up, hands);
    Err("there is nothing left to look up".into())
}

impl Worker {
    // ANCHOR: work
    /// One range after the other.
    async fn work(self) -> Infallible {
        loop {
            match self.queue.consumer("ranges", "workers").await {
                Ok(ranges) => {
                    // Until the server has lost it, or has been silent: then it is asked for anew.
                    while let Some(message) = take(&self.queue, &ranges, 1).await.next().await {
                        if self.do_one(message).await.is_err() {
                            break;
                        }
                    }
                }
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    /// Works on a range, and acknowledges it when its report is in the queue, and not before.
    async fn do_one(&self, message: Message) -> Result<(), Trouble> {
        let beat = self.silence / BEATS;
        let mut beats = interval_at(Instant::now() + beat, beat);
        let given_up = Instant::now() + PROGRESS_MAX;
        let reporting = self.report(&message);
        tokio::pin!(reporting);
        loop {
            tokio::select! {
                biased;
                reported = &mut reporting => {
                    reported?;
                    return message.ack().await;
                }
                _ = beats.tick() => if Instant::now() < given_up {
                    in_progress(&message).await?;
                }
            }
        }
    }
    // ANCHOR_END: work

    async fn report(&self, message: &Message) -> Result<(), Trouble> {
        let Some(name) = message
            .subject
            .rsplit('.')
            .next()
            .and_then(|name| name.parse().ok())
        else {
            // It will be no better for another worker.
            return message.ack_with(async_nats::jetstream::AckKind::Term).await;
        };
        let part: Part = postbag::from_full_slice(&message.payload)?;
        let report = self.report_on(&part).await?;
        let asked = match self.is_here {
            true => Stats::default(),
            false => self.directory.stats(),
        };
        let reported = Reported {
            name,
            report,
            worker: self.number,
            asked,
        };
        let bytes: bytes::Bytes = postbag::to_full_vec(&reported)?.into();
        // With the same identity, so that the server takes it once although it is told twice. A range that is given away anew is
        // another message, and has another: its first report may be one that nothing can read.
        let given = message.info()?.stream_sequence;
        let (subject, id) = (format!("report.{name}"), format!("report-{name}-{given}"));
        for _ in 1..TRIES {
            if self
                .queue
                .publish(&subject, &id, bytes.clone())
                .await
                .is_ok()
            {
                return Ok(());
            }
            sleep(PAUSE).await;
        }
        self.queue.publish(&subject, &id, bytes).await
    }

    /// The report on one range: parsed, looked up and counted as before.
    async fn report_on(&self, part: &Part) -> Result<Report, Error> {
        let lines: Vec<Line> = part.lines().collect();
        let mut under_way = FuturesUnordered::new();
        let mut jobs_in = self.jobs_in.clone();
        for batch in parse_all(&lines) {
            let (answers_in, answers) = mpsc::channel(1);
            let (job, ticket) = batch.ask(answers_in, answers);
            under_way.push(ticket.answered());
            let Ok::<_, Infallible>(_) = Sends::send(&mut jobs_in, job).await;
        }
        let mut report = Report::new();
        while let Some(answered) = under_way.next().await {
            let (batch, answers) = answered?;
            batch.count(&answers, &mut report);
        }
        Ok(report)
    }
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
