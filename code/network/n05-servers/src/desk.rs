//! The desk: one task that gives ranges to the queue, and merges the reports that come from it.
//!
//! It knows of no worker. All it has to decide is which report counts, and all it has to remember is which ranges are not merged.
//! The queue is believed to keep what it has acknowledged, and the report does not depend on it: what does not come back in time is
//! looked for, and given away again.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use async_nats::Subscriber;
use async_nats::jetstream::Message;
use bytes::Bytes;
use futures_util::StreamExt;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};
use traffic::directory::Stats;
use traffic::{Directory, Error, Meter, Plan, Report, Stage};

use crate::once::{Name, Once, Verdict, Waiting};
use crate::queue::{PAUSE, Queue, Terms, Trouble};
use crate::ranges::Range;
use crate::servers::Servers;
use crate::serving::HERE;
use crate::settings::Settings;
use crate::staff::{Staff, Way};
use crate::start::{Start, VERSION};
use crate::taking::take;
use crate::working::Reported;

/// Ranges that are given away and not merged, at most: so many are held in memory, and are in the queue.
pub const AHEAD_MAX: usize = 32;

/// When a range is looked for of which nothing was heard, in times of the silence after which the queue gives it to another.
const LOOKS_AFTER: u32 = 5;

/// After how much silence of all workers this process works, too, in the same measure.
const ALONE_AFTER: u32 = 3;

/// How often it is looked whether all still run.
const TICK: Duration = Duration::from_millis(50);

/// How long workers that were started are waited for, and the servers.
const BEGIN_MAX: Duration = Duration::from_secs(10);

/// Reports that are taken at a time.
const REPORTS: usize = 16;

/// What is merged, and what is seen to meanwhile.
pub struct Desk<'a> {
    queue: Queue,
    /// Where workers say that they are there.
    here: Subscriber,
    start: Start,
    directory: &'a Directory,
    meter: &'a Meter,
    patience: Duration,
    servers: Servers,
    staff: Staff,
    ranges: Stage,
    merge: Stage,
    once: Once,
    report: Report,
    /// What each worker has asked, as far as it has said so.
    asked: HashMap<u64, Stats>,
    /// Whether ranges may have been reported before: to a run of this name that was killed.
    goes_on: bool,
    /// How many were.
    found: usize,
    last_merge: Instant,
}

/// What is heard of the queue.
enum Heard {
    /// A report, and the message to be acknowledged.
    Report(Bytes, Option<Box<Message>>),
    /// It was not there for too long.
    Gone(String),
}

/// A range for the queue.
struct Gift {
    waiting: Waiting,
    /// Whether there may be a report on it already.
    look: bool,
}

impl<'a> Desk<'a> {
    /// Makes the queue, and waits until workers are there.
    ///
    /// # Errors
    ///
    /// One sentence, if the queue or a worker is not to be had.
    pub async fn begin(
        settings: &Settings,
        mut servers: Servers,
        directory: &'a Directory,
        plan: &Plan,
        meter: &'a Meter,
    ) -> Result<Desk<'a>, Error> {
        let [ranges, merge] = ["ranges", "merge"].map(|name| meter.stage(name));
        servers.names().for_each(|sentence| meter.tell(sentence));
        let job = settings.job.clone();
        let job =
            job.unwrap_or_else(|| format!("run-{:016x}", getrandom::u64().unwrap_or_default()));
        let terms = Terms {
            silence: settings.silence,
            keeps: settings.job.is_some(),
        };
        let start = Start {
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
        };
        // Tried here, where a person reads it.
        let sound = start.shared(directory);
        sound.map_err(|why| Error::Refused(format!("the shared cache will not do: {why}")))?;
        let url = servers.queue.clone();
        let making = make(&url, &start);
        let (queue, goes_on, mut here) = looking_after(&mut servers, meter, making).await??;
        let way = Way { queue: url, job };
        let mut staff = Staff::start(way, &settings.places)?;
        if staff.wants_here() {
            staff.work_here(&queue, &start, directory);
        }
        let there = async {
            for _ in 0..staff.processes() {
                tell_who(meter, here.next().await);
            }
        };
        // One that does not come is not missed: others work, or this process does.
        let there = timeout(BEGIN_MAX, there);
        let _ = looking_after(&mut servers, meter, there).await?;
        Ok(Desk {
            queue,
            here,
            start,
            directory,
            meter,
            patience: settings.patience,
            servers,
            staff,
            ranges,
            merge,
            once: Once::default(),
            report: Report::new(),
            asked: HashMap::new(),
            goes_on,
            found: 0,
            last_merge: Instant::now(),
        })
    }

    // ANCHOR: merge
    /// Has all ranges worked on, and merges their reports.
    ///
    /// # Errors
    ///
    /// One sentence, if a server is away for too long.
    pub async fn merge_all(mut self, mut ranges: mpsc::Receiver<Range>) -> Result<Report, Error> {
        let (gifts_in, gifts) = mpsc::channel(2 * AHEAD_MAX);
        let (heard_in, mut heard) = mpsc::channel(REPORTS);
        // Dropped, they end.
        let mut helpers = JoinSet::new();
        helpers.spawn(give(
            self.queue.clone(),
            self.start.clone(),
            self.patience,
            gifts,
            heard_in.clone(),
        ));
        helpers.spawn(hear(
            self.queue.clone(),
            self.start.terms,
            self.patience,
            heard_in,
        ));
        let mut ticks = interval(TICK);
        let mut has_ended = false;
        while !has_ended || !self.once.is_empty() {
            tokio::select! {
                biased;
                Some(heard) = heard.recv() => match heard {
                    Heard::Report(bytes, message) => self.merge(&bytes, message).await,
                    Heard::Gone(why) => return Err(self.gone(&why)),
                },
                range = ranges.recv(), if !has_ended && self.once.len() < AHEAD_MAX => match range {
                    Some(range) => self.add(&range, &gifts_in),
                    None => has_ended = true,
                },
                Some(there) = self.here.next() => tell_who(self.meter, Some(there)),
                _ = ticks.tick() => self.look_around(&gifts_in)?,
            }
        }
        drop(helpers);
        self.end().await
    }

    /// A report came, at least once.
    async fn merge(&mut self, bytes: &[u8], message: Option<Box<Message>>) {
        if let Ok(Reported {
            name,
            report,
            worker,
            asked,
        }) = postbag::from_full_slice(bytes)
        {
            match self.once.judge(name, report.lines()) {
                Verdict::Merge(since) => {
                    self.ranges.took(since.elapsed());
                    self.asked.insert(worker, asked);
                    self.last_merge = Instant::now();
                    self.found += usize::from(message.is_none());
                    let lines = usize::try_from(report.lines()).unwrap_or(usize::MAX);
                    self.merge.busy_batch(|| (lines, self.report.merge(report)));
                }
                Verdict::Again => {}
                Verdict::Wrong { lines } => {
                    let (number, got) = (name.number, report.lines());
                    self.meter.tell(format!(
                        "a report on range {number} has {got} lines of {lines}: it is not counted"
                    ));
                }
            }
        }
        if let Some(message) = message {
            // Where this is lost the report comes again, and is not counted again.
            let _ = message.ack().await;
        }
    }
    // ANCHOR_END: merge

    fn add(&mut self, range: &Range, gifts: &mpsc::Sender<Gift>) {
        let bytes: Bytes = postbag::to_full_vec(&*range.part)
            .expect("memory takes all")
            .into();
        let name = Name::of(range.number, &bytes);
        let lines = range.part.len() as u64;
        if self.once.is_empty() {
            // Nothing was waited for.
            self.last_merge = Instant::now();
        }
        let waiting = self.once.add(name, bytes, lines).clone();
        let look = self.goes_on;
        self.give(Gift { waiting, look }, gifts);
    }

    fn give(&mut self, gift: Gift, gifts: &mpsc::Sender<Gift>) {
        // Where there is no room, many wait already, and this one is looked for later.
        let _ = gifts.try_send(gift);
    }

    fn look_around(&mut self, gifts: &mpsc::Sender<Gift>) -> Result<(), Error> {
        let told = [self.servers.look()?, self.staff.look()?].concat();
        told.into_iter()
            .for_each(|sentence| self.meter.tell(sentence));
        self.ranges
            .workers(self.staff.processes() + usize::from(self.staff.is_here()));
        let (now, silence) = (Instant::now(), self.start.terms.silence);
        for waiting in self.once.overdue(LOOKS_AFTER * silence, now) {
            self.give(
                Gift {
                    waiting,
                    look: true,
                },
                gifts,
            );
        }
        let is_late = now.saturating_duration_since(self.last_merge) > ALONE_AFTER * silence;
        if is_late && !self.once.is_empty() && !self.staff.is_here() {
            self.meter
                .tell("no report has come for a while: this process works, too".into());
            self.staff
                .work_here(&self.queue, &self.start, self.directory);
        }
        Ok(())
    }

    fn gone(&self, why: &str) -> Error {
        let (place, s) = (place(&self.servers.queue), self.patience.as_secs_f64());
        Error::Lost(format!(
            "the queue at {place} was not there for {s} s: {why}"
        ))
    }

    async fn end(self) -> Result<Report, Error> {
        if self.found > 0 {
            let found = self.found;
            self.meter.tell(format!(
                "{found} ranges had their report in the queue already"
            ));
        }
        for asked in self.asked.values() {
            self.directory.add(*asked);
        }
        // In this order: a worker that is still at a range would find no queue.
        drop(self.staff);
        self.queue.end().await;
        Ok(self.report)
    }
}

/// Gives ranges to the queue, one after the other, each until it is there.
async fn give(
    queue: Queue,
    start: Start,
    patience: Duration,
    mut gifts: mpsc::Receiver<Gift>,
    heard: mpsc::Sender<Heard>,
) {
    while let Some(Gift { waiting, look }) = gifts.recv().await {
        let (name, tries) = (waiting.name, waiting.tries);
        if look && let Some(bytes) = queue.report(name).await {
            let _ = heard.send(Heard::Report(bytes, None)).await;
            continue;
        }
        // With the same identity the server would not take it again.
        let (subject, id) = (format!("range.{name}"), format!("range-{name}-{tries}"));
        let put = queue
            .put(start.terms, patience, (&subject, &id, waiting.bytes))
            .await;
        if put.is_ok() && tries > 1 && queue.last("ranges", "start").await.is_none() {
            // The server has lost it, and with it what workers are told.
            let _ = put_start(&queue, &start, patience).await;
        }
        if let Err(why) = put {
            let _ = heard.send(Heard::Gone(why)).await;
            return;
        }
    }
}

async fn put_start(queue: &Queue, start: &Start, patience: Duration) -> Result<(), String> {
    queue
        .put(
            start.terms,
            patience,
            ("start", &start_id(), start.bytes().into()),
        )
        .await
}

/// What workers are told may be the same twice, and is to be told twice.
fn start_id() -> String {
    format!("start-{:016x}", getrandom::u64().unwrap_or_default())
}

/// Takes reports from the queue, for as long as there is one.
async fn hear(queue: Queue, terms: Terms, patience: Duration, heard: mpsc::Sender<Heard>) {
    let mut since = Instant::now();
    loop {
        match queue.consumer("reports", "run").await {
            Ok(reports) => {
                since = Instant::now();
                let mut taking = take(&queue, &reports, REPORTS).await;
                while let Some(message) = taking.next().await {
                    let bytes = message.payload.clone();
                    let _ = heard
                        .send(Heard::Report(bytes, Some(Box::new(message))))
                        .await;
                }
            }
            Err(err) if since.elapsed() > patience => {
                let _ = heard.send(Heard::Gone(err.to_string())).await;
                return;
            }
            Err(_) => {
                tokio::time::sleep(PAUSE).await;
                // It may be another server, or one that has lost its files.
                let _ = queue.prepare(terms).await;
            }
        }
    }
}

/// Tells which worker has said that it is there.
fn tell_who(meter: &Meter, there: Option<async_nats::Message>) {
    if let Some(message) = there {
        let number = String::from_utf8_lossy(&message.payload);
        meter.tell(format!("a worker (process {number}) is at work"));
    }
}

/// Sees to the servers while something is waited for.
async fn looking_after<T>(
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

/// The queue of a job, whether it was there before, and where workers say that they are there.
type Made = (Queue, bool, Subscriber);

/// Makes the queue, at a server that may have been started a moment ago.
async fn make(url: &str, start: &Start) -> Result<Made, Error> {
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

/// Where a server is, without what is nobody's business.
fn place(url: &str) -> &str {
    url.rsplit(['@', '/']).next().unwrap_or(url)
}
