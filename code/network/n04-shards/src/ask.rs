//! The lookup: a stage that calls. It cannot tell how far away the answers come from.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use traffic::{Error, Plan, Stage};

use crate::channel::{Receives, Sends};
use crate::contract::Directory;
use crate::job::{Answers, Job};

// ANCHOR: look_up
/// Answers jobs until there are no more, and all are answered: one call for each, with so much time.
///
/// # Errors
///
/// If one of them has no answer.
pub async fn look_up<I, A>(
    mut jobs: I,
    directory: impl Directory,
    patience: Duration,
    plan: Plan,
    stage: Stage,
) -> Result<(), Error>
where
    I: Receives<Job<A>, Error = Infallible>,
    A: Sends<Answers> + Send + 'static,
{
    let calls = Arc::new(Semaphore::new(plan.workers));
    let mut under_way: JoinSet<Result<(), Error>> = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            Some(answered) = under_way.join_next() => {
                // The first without an answer ends all: dropping the others cancels them.
                answered.expect("a call does not panic")?;
            }
            Ok(job) = jobs.receive() => {
                let Some(mut job) = job else { break };
                let (directory, stage) = (directory.clone(), stage.clone());
                let room = Arc::clone(&calls).acquire_owned().await;
                stage.workers(plan.workers - calls.available_permits());
                under_way.spawn(async move {
                    let deadline = Instant::now() + patience;
                    let outcome = directory.holders(job.clients, deadline).await;
                    let answers = outcome.answer().map_err(Error::Lost)?;
                    stage.busy_batch(|| (answers.answers.len(), ()));
                    // Clocks on walls are set now and then.
                    stage.took(job.since.elapsed().unwrap_or_default());
                    // If the answers are not wanted any more, the counting has failed, and says why.
                    let _ = job.answers.send(answers).await;
                    drop(room);
                    Ok(())
                });
            }
        }
    }
    while let Some(answered) = under_way.join_next().await {
        answered.expect("a call does not panic")?;
    }
    Ok(())
}
// ANCHOR_END: look_up
