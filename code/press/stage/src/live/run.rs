//! Who runs, and when: one job at a time.
//!
//! A job is a task of its own and holds the only turn until nothing is left of it ([`perform`]). It speaks into a channel.
//! When nobody takes from the channel any more, it ends.

mod perform;

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pages::event::{ExitReason, Stamped};
use project::Project;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};
use tokio::time::timeout;

use super::event;
pub use super::job::Job;
use super::job::{LIMITS, Limits};
use super::kill::Wish;
use super::worker::NotKilled;

/// Events that wait for the page. When it does not keep up, the program waits.
const WAITING_MAX: usize = 64;
/// How long to wait for the last run when all is closed; it is killed after half a second.
const CLOSING: Duration = Duration::from_secs(2);

/// Runs jobs, one at a time.
#[derive(Clone)]
pub struct Runner {
    project: Project,
    turn: Arc<Semaphore>,
    closing: watch::Sender<bool>,
    limits: Limits,
    /// Where a wish to kill a worker of the current run goes, if it has workers.
    wishes: Arc<Mutex<Option<mpsc::Sender<Wish>>>>,
}

/// The right to run something. Whoever has it is the only one.
pub struct Turn(#[expect(dead_code, reason = "to hold it is its use")] OwnedSemaphorePermit);

impl Runner {
    /// A runner for the programs of this project.
    pub fn new(project: &Project) -> Runner {
        Runner {
            project: project.clone(),
            turn: Arc::new(Semaphore::new(1)),
            closing: watch::Sender::new(false),
            limits: LIMITS,
            wishes: Arc::default(),
        }
    }

    /// The project whose programs it runs.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The right to run something; none while something runs, or when all is about to end.
    pub fn turn(&self) -> Option<Turn> {
        let turn = Arc::clone(&self.turn).try_acquire_owned().ok()?;
        (!*self.closing.borrow()).then_some(Turn(turn))
    }

    /// Begins a job, and hands out what is heard of it. To drop the receiver ends the job.
    pub fn begin(&self, turn: Turn, job: Job) -> mpsc::Receiver<Stamped> {
        let (page, events) = mpsc::channel(WAITING_MAX);
        let mut closing = self.closing.subscribe();
        let (project, limits) = (self.project.clone(), self.limits);
        let (wishes_in, wishes) = mpsc::channel(1);
        let may_kill = matches!(&job, Job::Program(point) if point.may_kill);
        self.take_wishes(may_kill.then_some(wishes_in));
        let this = self.clone();
        tokio::spawn(async move {
            let stopped = pin!(async {
                tokio::select! {
                    () = page.closed() => {}
                    _ = closing.wait_for(|closing| *closing) => {}
                }
            });
            let last = perform::perform(&project, job, &limits, &page, wishes, stopped).await;
            let last = last.unwrap_or_else(|error| {
                event::exit(
                    Duration::ZERO,
                    ExitReason::Failed,
                    None,
                    &format!("{error:#}"),
                )
            });
            this.take_wishes(None);
            // Nothing is left of it; a page that does not listen to the end keeps nobody from the next turn.
            drop(turn);
            // The page may be gone.
            let _ = page.send(last).await;
        });
        events
    }

    /// Kills a worker of the program that runs. Which one is not for a page to say.
    ///
    /// # Errors
    ///
    /// If nothing runs that has workers, or it has none at the moment.
    pub async fn kill_worker(&self) -> Result<(), NotKilled> {
        let wishes = self
            .wishes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (answer, killed) = oneshot::channel();
        let wishes = wishes.ok_or(NotKilled::None)?;
        wishes.try_send(answer).map_err(|_| NotKilled::None)?;
        // Without an answer the run has ended in the mean time.
        killed.await.unwrap_or(Err(NotKilled::None))
    }

    fn take_wishes(&self, wishes: Option<mpsc::Sender<Wish>>) {
        *self.wishes.lock().unwrap_or_else(PoisonError::into_inner) = wishes;
    }

    /// Ends what runs, and lets nothing begin any more.
    pub async fn close(&self) {
        self.closing.send_replace(true);
        // The turn is free when nothing is left, and nothing can refuse to be killed.
        let _ = timeout(CLOSING, self.turn.acquire()).await;
    }
}

#[cfg(test)]
mod tests;
