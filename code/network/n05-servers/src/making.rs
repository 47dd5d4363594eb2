//! Making the queue, at a server that may have been started a moment ago.

use std::time::{Duration, Instant};

use async_nats::Subscriber;
use tokio::time::interval;
use traffic::{Directory, Error, Meter, Plan};

use crate::giving::start_id;
use crate::queue::{PAUSE, Queue, Terms, Trouble};
use crate::servers::Servers;
use crate::serving::HERE;
use crate::settings::Settings;
use crate::start::{Start, VERSION};

/// How long workers that were started are waited for, and the servers.
pub const BEGIN_MAX: Duration = Duration::from_secs(10);

/// How often it is looked whether all still run.
pub const TICK: Duration = Duration::from_millis(50);

/// What workers are to be told of a run.
pub fn what_is_told(
    settings: &Settings,
    servers: &Servers,
    directory: &Directory,
    plan: &Plan,
) -> Start {
    let job = settings.job.clone();
    let job = job.unwrap_or_else(|| format!("run-{:016x}", getrandom::u64().unwrap_or_default()));
    let terms = Terms {
        silence: settings.silence,
        keeps: settings.job.is_some(),
    };
    Start {
        version: VERSION,
        job: job.clone(),
        directory: directory.addresses().to_vec(),
        policy: directory.policy(),
        shared: servers.cache.clone(),
        shared_keeps: settings.shared,
        near_keeps: settings.near.keeps,
        near_size: settings.near.size,
        workers: plan.workers,
        batch: plan.batch,
        linger: plan.linger,
        terms,
    }
}

/// The queue of a job, whether it was there before, and where workers say that they are there.
pub type Made = (Queue, bool, Subscriber);

/// Makes the queue, at a server that may have been started a moment ago.
pub async fn make(url: &str, start: &Start) -> Result<Made, Error> {
    let since = Instant::now();
    loop {
        match try_to_make(url, start).await {
            Ok(made) => return Ok(made),
            Err(err) if since.elapsed() > BEGIN_MAX => {
                return Err(Error::Refused(format!(
                    "there is no queue at {}: {err}",
                    place(url)
                )));
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

async fn try_to_make(url: &str, start: &Start) -> Result<Made, Trouble> {
    let queue = Queue::connect(url, &start.job).await?;
    let goes_on = start.terms.keeps && queue.was_here().await;
    if goes_on {
        queue.forget_reader().await;
    }
    queue.prepare(start.terms).await?;
    let here = queue.client().subscribe(queue.subject(HERE)).await?;
    queue
        .publish("start", &start_id(), start.bytes().into())
        .await?;
    Ok((queue, goes_on, here))
}

/// Sees to the servers while something is waited for.
pub async fn looking_after<T>(
    servers: &mut Servers,
    meter: &Meter,
    waited_for: impl Future<Output = T>,
) -> Result<T, Error> {
    tokio::pin!(waited_for);
    let mut ticks = interval(TICK);
    loop {
        tokio::select! {
            biased;
            outcome = &mut waited_for => return Ok(outcome),
            _ = ticks.tick() => servers.look()?.into_iter().for_each(|sentence| meter.tell(sentence)),
        }
    }
}

/// Where a server is, without what is nobody's business.
pub fn place(url: &str) -> &str {
    url.rsplit(['@', '/']).next().unwrap_or(url)
}
