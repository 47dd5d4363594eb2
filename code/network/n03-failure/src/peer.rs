//! The run's side of a worker elsewhere: ranges go there, and what it says comes back.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use traffic::{Directory, Error, Plan};

use crate::channel::{Receives, Sends, Sent};
use crate::child::Child;
use crate::hello::{Stranger, greet};
use crate::ledger::Worker;
use crate::place::STAGE;
use crate::ranges::Task;
use crate::start::{self, Start, TasksIn, WordsIn};
use crate::terms::{Ack, Terms};
use crate::wire::{self, root};
use crate::work::{Manner, Word};

/// How long a connection may take to say that it is broken, when one of its channels has said so.
const MOMENT: Duration = Duration::from_millis(300);

/// A worker elsewhere, ready to work.
#[derive(Debug)]
pub struct Peer {
    /// What it is called.
    pub name: String,
    tasks: TasksIn,
    words: WordsIn,
    connection: Connection,
    child: Option<Child>,
}

/// The task of a connection, which says in the end why it broke.
type Connection = JoinHandle<Option<String>>;

/// What is heard of a worker.
#[derive(Debug)]
pub enum Event {
    /// It has said something.
    Said(Word),
    /// A range is on its way to it. That is told where no other acknowledgement is asked for.
    Sent,
    /// It says no more: it was told that there are no more ranges, or why not.
    Ended(Option<String>),
}

/// Where what is heard of all workers goes.
pub type Events = mpsc::Sender<(Worker, Event)>;

impl Peer {
    /// Greets a worker, and tells it what to work on.
    ///
    /// # Errors
    ///
    /// One sentence: [`Error::Refused`] if it is not the worker that is wanted, and [`Error::Lost`] if it is none any
    /// more or says nothing.
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
        match begin(&name, stream, directory, plan).await {
            Ok((tasks, words, connection)) => Ok(Peer {
                name,
                tasks,
                words,
                connection,
                child,
            }),
            // One that was killed before it could answer is lost, and is no stranger.
            Err(err) => match obituary(&mut child).await {
                Some(status) if status.signal().is_some() => Err(lost(&name, &early(status))),
                _ => Err(err),
            },
        }
    }

    // ANCHOR: attend
    /// Passes on ranges to the worker, and to the run what it says, until there is no more to be heard.
    ///
    /// Nothing is decided here, and above all not that the worker is dead.
    pub async fn attend(
        mut self,
        worker: Worker,
        tasks: mpsc::Receiver<Task>,
        ack: Ack,
        events: Events,
    ) {
        let outcome = tokio::select! {
            // What it has said before its end is heard before its end.
            biased;
            outcome = hear(&mut self.words, worker, &events) => outcome,
            Err(err) = pass_on(tasks, self.tasks, worker, ack, &events) => Err(err),
            ended = &mut self.connection => Err(why(ended)),
        };
        // The channels of a connection that breaks may hear of it first, and do not hear why.
        let outcome = match outcome {
            Err(err) if !self.connection.is_finished() => {
                Err(timeout(MOMENT, &mut self.connection).await.map_or(err, why))
            }
            outcome => outcome,
        };
        let ended = match (outcome, self.child) {
            (Ok(()), child) => {
                if let Some(child) = child {
                    child.end().await;
                }
                None
            }
            (Err(why), mut child) => Some(obituary(&mut child).await.map_or(why, early)),
        };
        // A run that is over does not want to know.
        let _ = events.send((worker, Event::Ended(ended))).await;
    }
    // ANCHOR_END: attend
}

/// Greets a worker, tells it what to work on, and has then what a peer is made of.
async fn begin<S>(
    name: &str,
    mut stream: S,
    directory: &Directory,
    plan: &Plan,
) -> Result<(TasksIn, WordsIn, Connection), Error>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let refused = |why: &str| Error::Refused(format!("{name} cannot be used: {why}"));
    let terms = Terms::of(plan)?;
    greet(&mut stream, STAGE).await.map_err(|err| match err {
        // A host that is cut off looks like this, and a worker that is stopped; a stranger would say something.
        Stranger::Silent => lost(name, &err.to_string()),
        _ => refused(&err.to_string()),
    })?;
    let conversation = wire::converse::<_, Start, ()>(stream).await;
    let (connection, mut starts, _) = conversation.map_err(|why| refused(&why))?;
    let ((tasks, tasks_out), (words_out, words)) = (start::tasks(), start::words());
    let manner = Manner::of(terms.ack, terms.beat());
    let start = Start::new(tasks_out, words_out, manner, directory, plan);
    let started = starts.send(start).await;
    started.map_err(|err| refused(&root(&err)))?;
    Ok((tasks, words, connection))
}

async fn hear(words: &mut WordsIn, worker: Worker, events: &Events) -> Result<(), String> {
    while let Some(word) = words.receive().await.map_err(|err| root(&err))? {
        // A run that is over listens no more, and ends this task.
        let _ = events.send((worker, Event::Said(word))).await;
    }
    Ok(())
}

/// Ends only if it cannot go on: that there are no more ranges is not the end of what is heard.
async fn pass_on(
    mut tasks: mpsc::Receiver<Task>,
    mut wire: TasksIn,
    worker: Worker,
    ack: Ack,
    events: &Events,
) -> Result<(), String> {
    while let Some(task) = tasks.recv().await {
        match Sends::send(&mut wire, task).await {
            Ok(Sent::Accepted) if ack == Ack::None => {
                let _ = events.send((worker, Event::Sent)).await;
            }
            Ok(Sent::Accepted) => {}
            Ok(Sent::Closed) => return Err("it takes no more ranges".into()),
            Err(err) => return Err(root(&err)),
        }
    }
    drop(wire);
    Ok(())
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

/// What a run says of a worker at a host that cannot be reached: it is lost, as one that dies an hour later is.
pub fn unreachable(name: &str, why: &str) -> Error {
    lost(name, &format!("it cannot be reached: {why}"))
}

fn lost(name: &str, why: &str) -> Error {
    Error::Lost(format!("{name} is lost: {why}"))
}

fn why(ended: Result<Option<String>, tokio::task::JoinError>) -> String {
    match ended {
        Ok(Some(why)) => why,
        Ok(None) => "it closed the connection".into(),
        Err(err) => err.to_string(),
    }
}
