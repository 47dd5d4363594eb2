//! The run's side of a worker elsewhere: it hands jobs over, and the answers back.

use std::convert::Infallible;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use remoc::rch::oneshot;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use traffic::{Directory, Error, Plan, Stage};

use crate::channel::{Receives, Sends, Sent};
use crate::child::Child;
use crate::hello::greet;
use crate::job::{Answers, Job};
use crate::place::STAGE;
use crate::start::{Ended, Start};
use crate::wire::{self, JobsIn, SILENCE_MAX, root};

/// How long a worker may keep a job. The directory's patience is several times shorter.
pub const JOB_MAX: Duration = Duration::from_secs(60);

/// How long a connection may take to say that it is broken, when one of its channels has said so.
const MOMENT: Duration = Duration::from_millis(300);

/// What a worker may do before it is taken for lost.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How many jobs it may have at a time.
    pub under_way_max: usize,
    /// How long it may keep one.
    pub job_max: Duration,
}

/// A worker elsewhere, ready to work.
#[derive(Debug)]
pub struct Peer {
    name: String,
    jobs: JobsIn,
    ended: oneshot::Receiver<Ended>,
    connection: Connection,
    child: Option<Child>,
}

/// The task of a connection, which says in the end why it broke.
type Connection = JoinHandle<Option<String>>;

/// The answers to one job, and who wants them.
type Returned<A> = Result<(A, Answers), String>;

impl Peer {
    /// Greets a worker, and tells it what to work on.
    ///
    /// # Errors
    ///
    /// One sentence, if it is not the worker that is wanted.
    pub async fn meet<S>(
        name: String,
        stream: S,
        mut child: Option<Child>,
        directory: &Directory,
        plan: &Plan,
    ) -> Result<Peer, Error>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        match begin(stream, directory, plan).await {
            Ok((jobs, ended, connection)) => Ok(Peer {
                name,
                jobs,
                ended,
                connection,
                child,
            }),
            // One that was killed before it could answer is lost, and is no stranger.
            Err(why) => match obituary(&mut child).await {
                Some(status) if status.signal().is_some() => Err(lost(&name, &early(status))),
                _ => Err(Error::Refused(format!("{name} cannot be used: {why}"))),
            },
        }
    }

    // ANCHOR: work
    /// Hands jobs over as long as there are any, and answers back; a certain number may be under way.
    ///
    /// # Errors
    ///
    /// One sentence, if the worker is lost. What it had under way is not known then.
    pub async fn work<A: Sends<Answers>>(
        mut self,
        jobs: impl Receives<Job<A>, Error = Infallible>,
        patience: Patience,
        stage: &Stage,
    ) -> Result<Ended, Error> {
        let outcome = tokio::select! {
            biased;
            ended = &mut self.connection => Err(why(ended)),
            outcome = hand_over(self.jobs.clone(), jobs, patience, stage) => match outcome {
                // The channels of a connection that breaks may hear of it first, and do not hear why.
                Err(err) => Err(match timeout(MOMENT, &mut self.connection).await {
                    Ok(ended) => why(ended),
                    Err(_) => err,
                }),
                Ok(()) => Ok(()),
            },
        };
        drop(self.jobs);
        let outcome = match outcome {
            Ok(()) => last_word(self.ended).await,
            Err(err) => Err(err),
        };
        match (outcome, self.child) {
            (Ok(ended), child) => {
                if let Some(child) = child {
                    child.end().await;
                }
                Ok(ended)
            }
            (Err(why), mut child) => {
                let why = obituary(&mut child).await.map_or(why, early);
                Err(lost(&self.name, &why))
            }
        }
    }
    // ANCHOR_END: work
}

/// Greets a worker, tells it what to work on, and has then what a peer is made of.
async fn begin<S>(
    mut stream: S,
    directory: &Directory,
    plan: &Plan,
) -> Result<(JobsIn, oneshot::Receiver<Ended>, Connection), String>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    greet(&mut stream, STAGE)
        .await
        .map_err(|err| err.to_string())?;
    let (connection, mut starts, _) = wire::converse::<_, Start, ()>(stream).await?;
    let (jobs, jobs_out) = wire::jobs();
    let (ended_in, ended) = oneshot::channel();
    let start = Start::new(jobs_out, ended_in, directory, plan);
    starts.send(start).await.map_err(|err| root(&err))?;
    Ok((jobs, ended, connection))
}

/// How the process of a worker ended, if it is a child of ours and has ended.
async fn obituary(child: &mut Option<Child>) -> Option<ExitStatus> {
    match child {
        Some(child) => child.obituary().await,
        None => None,
    }
}

fn early(status: ExitStatus) -> String {
    format!("it ended early, with {status}")
}

/// What a run says of a worker at a host that cannot be reached: without all of its workers this one does not begin.
pub fn unreachable(name: &str, why: &str) -> Error {
    Error::Refused(format!("{name} cannot be used: {why}"))
}

fn lost(name: &str, why: &str) -> Error {
    Error::Lost(format!("{name} is lost: {why}"))
}

// ANCHOR: hand_over
async fn hand_over<A: Sends<Answers>>(
    mut wire: JobsIn,
    mut jobs: impl Receives<Job<A>, Error = Infallible>,
    patience: Patience,
    stage: &Stage,
) -> Result<(), String> {
    let mut under_way = FuturesUnordered::new();
    let mut has_ended = false;
    loop {
        tokio::select! {
            biased;
            Some(returned) = under_way.next() => {
                let (mut answers_in, answers): (A, Answers) = returned?;
                stage.busy_batch(|| (answers.answers.len(), ()));
                // If the answers are not wanted any more, the counting has failed, and says why.
                let _ = answers_in.send(answers).await;
            }
            Ok(job) = jobs.receive(), if !has_ended && under_way.len() < patience.under_way_max => {
                let Some(job) = job else {
                    has_ended = true;
                    continue;
                };
                let questions = job.clients.len();
                let (answers_out, answers) = wire::answers();
                let remote = Job { clients: job.clients, since: job.since, answers: answers_out };
                match Sends::send(&mut wire, remote).await {
                    Ok(Sent::Accepted) => under_way.push(returned(
                        job.answers,
                        answers,
                        questions,
                        patience.job_max,
                    )),
                    Ok(Sent::Closed) => return Err("it takes no more jobs".into()),
                    Err(err) => return Err(root(&err)),
                }
            }
            else => return Ok(()),
        }
    }
}

/// Waits for the answers to one job: that they come, that the worker lets go of the job without any, or
/// that nothing more can be learned. The last two are not the same, and neither is an answer.
async fn returned<A>(
    answers_in: A,
    mut answers: wire::AnswersIn,
    questions: usize,
    job_max: Duration,
) -> Returned<A> {
    match timeout(job_max, answers.receive()).await {
        Ok(Ok(Some(answers))) if answers.answers.len() == questions => Ok((answers_in, answers)),
        Ok(Ok(Some(answers))) => {
            let given = answers.answers.len();
            Err(format!("it gave {given} answers to {questions} questions"))
        }
        Ok(Ok(None)) => Err("it let go of a job without answers".into()),
        Ok(Err(err)) => Err(root(&err)),
        Err(_) => Err(format!("it kept a job for {} s", job_max.as_secs_f64())),
    }
}
// ANCHOR_END: hand_over

async fn last_word(ended: oneshot::Receiver<Ended>) -> Result<Ended, String> {
    match timeout(SILENCE_MAX, ended).await {
        Ok(Ok(ended)) => Ok(ended),
        Ok(Err(err)) => Err(root(&err)),
        Err(_) => Err("it does not say that it has ended".into()),
    }
}

fn why(ended: Result<Option<String>, tokio::task::JoinError>) -> String {
    match ended {
        Ok(Some(why)) => why,
        Ok(None) => "it closed the connection".into(),
        Err(err) => err.to_string(),
    }
}
