//! The work on ranges: lines go in, and a report comes out.
//!
//! Parsing, looking up and counting are the stages that they were, between tasks; the lookup is the same file.
//! This stage around them cannot tell where it runs, either.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use serde::{Deserialize, Serialize};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::sleep;
use traffic::directory::Stats;
use traffic::{Directory, Error, Line, Plan, Report, Stage};

use crate::channel::{Receives, Sends, channel};
use crate::job::{Answers, Job};
use crate::lookup::look_up;
use crate::ranges::{Lease, Part, Task};
use crate::terms::Ack;
use crate::ticket::Batch;

/// Leases that a worker has at a time: one to work on, others to come, so that it need not wait for them. What
/// is lost with a worker is so many ranges.
pub const LEASES_MAX: usize = 4;

// ANCHOR: word
/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
pub enum Word {
    /// It is there.
    Alive,
    /// What is in the range of a lease.
    Reported(Lease, Reported),
    /// What is in all ranges that it was given: said in the end, where no acknowledgements are asked for.
    Last(Reported),
}

/// A report, and what it took.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reported {
    /// The report.
    pub report: Report,
    /// What the worker has asked of the directory since it began.
    pub asked: Stats,
}
// ANCHOR_END: word

/// How a worker is to speak.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Manner {
    /// How often it says that it is there, if it is to.
    pub beat: Option<Duration>,
    /// Whether it reports each range, and not all of them in the end.
    pub reports_each: bool,
}

impl Manner {
    /// What is asked of a worker that can be lost.
    pub fn of(ack: Ack, beat: Duration) -> Manner {
        Manner {
            beat: Some(beat),
            reports_each: ack == Ack::Range,
        }
    }
}

// ANCHOR: work
/// Works on ranges until there are no more, and all are reported.
///
/// # Errors
///
/// If the channel of the ranges breaks.
pub async fn work<I, O>(
    mut tasks: I,
    words: O,
    manner: Manner,
    directory: Directory,
    plan: Plan,
    stage: Stage,
) -> Result<(), I::Error>
where
    I: Receives<Task>,
    O: Sends<Word> + Clone + Send + Sync + 'static,
{
    let _alive = Alive::say(manner.beat, words.clone());
    let (jobs_in, jobs) = channel(plan.capacity, &stage);
    let mut looking_up = JoinSet::new();
    looking_up.spawn(look_up(jobs, directory.share(), plan, stage));
    let permits = Arc::new(Semaphore::new(LEASES_MAX));
    let mut under_way = JoinSet::new();
    let mut all = Report::new();
    while let Some(Task { lease, part }) = tasks.receive().await? {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let (jobs_in, mut words, directory) = (jobs_in.clone(), words.clone(), directory.clone());
        under_way.spawn(async move {
            let report = report_on(&part, jobs_in)
                .await
                .expect("the lookup is there");
            if manner.reports_each {
                let asked = directory.stats();
                // If it is not wanted any more, the run is gone, and its channels say so.
                let _ = words
                    .send(Word::Reported(lease, Reported { report, asked }))
                    .await;
                return None;
            }
            drop(permit);
            Some(report)
        });
        while let Some(reported) = under_way.try_join_next() {
            all.merge(
                reported
                    .expect("the work does not panic")
                    .unwrap_or_default(),
            );
        }
    }
    for reported in under_way.join_all().await {
        all.merge(reported.unwrap_or_default());
    }
    if !manner.reports_each {
        let (report, asked, mut words) = (all, directory.stats(), words.clone());
        let _ = words.send(Word::Last(Reported { report, asked })).await;
    }
    Ok(())
}

/// The report on one range: parsed, looked up and counted as before.
async fn report_on(
    part: &Part,
    mut jobs_in: mpsc::Sender<Job<mpsc::Sender<Answers>>>,
) -> Result<Report, Error> {
    let lines: Vec<Line> = part.lines().collect();
    let mut under_way = FuturesUnordered::new();
    for batch in parse_all(&lines) {
        let (answers_in, answers) = mpsc::channel(1);
        let (job, ticket) = batch.ask(answers_in, answers);
        under_way.push(ticket.answered());
        let Ok::<_, Infallible>(_) = Sends::send(&mut jobs_in, job).await;
    }
    drop(jobs_in);
    let mut report = Report::new();
    while let Some(answered) = under_way.next().await {
        let (batch, answers) = answered?;
        batch.count(&answers, &mut report);
    }
    Ok(report)
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
// ANCHOR_END: work

/// Says in a task of its own that the worker is there, until it is dropped.
struct Alive(#[expect(dead_code, reason = "it is there to be dropped")] JoinSet<()>);

impl Alive {
    fn say<O: Sends<Word> + Send + 'static>(beat: Option<Duration>, mut words: O) -> Alive {
        let mut tasks = JoinSet::new();
        if let Some(beat) = beat {
            tasks.spawn(async move {
                // When the run is gone its channels say so to others.
                while words.send(Word::Alive).await.is_ok() {
                    sleep(beat).await;
                }
            });
        }
        Alive(tasks)
    }
}
