//! The lookup, with a small cache of its own in front of the one that many share.
//!
//! It is the parent's lookup, but for its cache: that held everything for ever, and this one holds so many answers for
//! so long. What is in it costs no journey; and it may be as old as both caches together allow, since the shared one
//! may have given an answer away in the last moment of its time.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use moka::sync::Cache;
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};
use traffic::{Answer, Holder, Plan, Stage};

use crate::batch::Limits;
use crate::bulk::Bulk;
use crate::channel::{Receives, Sends};
use crate::commons::Shared;
use crate::flight::SingleFlight;
use crate::job::{Answers, Job};

/// Clients that wait for the lookup of another at most. A bound on memory when the directory is slow, and
/// not taken from the lookups in flight: however large a crowd, it holds one of those.
const FOLLOWERS_MAX: usize = 16 * 1024;

/// The worker's own cache.
#[derive(Clone, Copy, Debug)]
pub struct Near {
    /// How long it keeps an answer; zero, and there is none.
    pub keeps: Duration,
    /// How many it keeps.
    pub size: u64,
}

// ANCHOR: near
/// Answers jobs until there are no more, and all are answered.
///
/// # Errors
///
/// If the channel of the jobs breaks.
pub async fn look_up<I, A>(
    mut jobs: I,
    shared: Shared,
    near: Near,
    plan: Plan,
    stage: Stage,
) -> Result<(), I::Error>
where
    I: Receives<Job<A>>,
    A: Sends<Answers> + Send + 'static,
{
    let lookup = Lookup::new(shared, near, &plan, stage);
    let mut under_way = JoinSet::new();
    while let Some(mut job) = jobs.receive().await? {
        let start = Instant::now();
        let (mut answers, missing) = lookup.sort(&job);
        let mut asked = Vec::with_capacity(missing.len());
        for (place, client) in missing {
            asked.push((place, lookup.ask(client, job.since).await));
        }
        under_way.spawn(async move {
            for (place, answer) in asked {
                answers[place] = answer.await.expect("a lookup does not panic");
            }
            let took = start.elapsed();
            // If the answers are not wanted any more or cannot be sent, their receiver knows why.
            let _ = job.answers.send(Answers { answers, took }).await;
        });
        while let Some(answered) = under_way.try_join_next() {
            answered.expect("answering does not panic");
        }
    }
    under_way.join_all().await;
    Ok(())
}

/// What all jobs of a lookup share; clones are handles to the same.
#[derive(Clone)]
struct Lookup {
    stage: Stage,
    connection: Bulk,
    cache: Option<Cache<Vec<u8>, Holder>>,
    single_flight: SingleFlight<Vec<u8>, Answer>,
    in_flight_max: usize,
    permits: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Lookup {
    fn new(shared: Shared, near: Near, plan: &Plan, stage: Stage) -> Lookup {
        let limits = Limits {
            size: plan.batch,
            linger: plan.linger,
        };
        let cache = Cache::builder()
            .max_capacity(near.size)
            .time_to_live(near.keeps);
        Lookup {
            stage,
            connection: Bulk::over(shared, limits),
            cache: (!near.keeps.is_zero()).then(|| cache.build()),
            single_flight: SingleFlight::default(),
            in_flight_max: plan.workers,
            permits: Arc::new(Semaphore::new(plan.workers)),
            places: Arc::new(Semaphore::new(FOLLOWERS_MAX)),
        }
    }
    // ANCHOR_END: near

    /// The answers that are known, in their places, and the clients that must be asked for.
    fn sort<A>(&self, job: &Job<A>) -> (Vec<Answer>, Vec<(usize, Vec<u8>)>) {
        self.stage
            .workers(self.in_flight_max - self.permits.available_permits());
        self.stage.busy_batch(|| {
            let mut missing = Vec::new();
            let answers = job.clients.iter().enumerate().map(|(place, client)| {
                self.known(client).ok_or_else(|| {
                    missing.push((place, client.to_vec()));
                    traffic::Unresolved
                })
            });
            let answers: Vec<Answer> = answers.collect();
            (answers.len() - missing.len(), (answers, missing))
        })
    }

    fn known(&self, client: &[u8]) -> Option<Holder> {
        self.cache.as_ref()?.get(client)
    }

    /// Starts to ask for a client, as soon as there is room for that.
    async fn ask(&self, client: Vec<u8>, since: SystemTime) -> JoinHandle<Answer> {
        let seat = self.single_flight.board(&client);
        let limit = if seat.leads() {
            &self.permits
        } else {
            &self.places
        };
        let permit = Arc::clone(limit)
            .acquire_owned()
            .await
            .expect("the semaphore stays open");
        let lookup = self.clone();
        tokio::spawn(async move {
            let answer = seat.answer(|| lookup.fetch(&client)).await;
            // Clocks on walls are set now and then, and those of two machines differ.
            lookup.stage.took(since.elapsed().unwrap_or_default());
            drop(permit);
            answer
        })
    }

    /// The leader's part.
    async fn fetch(&self, client: &[u8]) -> Answer {
        // Another flight may have landed after the look into the cache and before boarding.
        if let Some(holder) = self.known(client) {
            return Ok(holder);
        }
        let answer = self.connection.lookup(client).await;
        if let (Ok(holder), Some(cache)) = (&answer, &self.cache) {
            // Before the flight ends: a task that does not find it under way any more finds its answer.
            cache.insert(client.to_vec(), holder.clone());
        }
        answer
    }
}
