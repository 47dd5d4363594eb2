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

use crate::giving::{Gift, Heard, REPORTS, give, hear};
use crate::making::{BEGIN_MAX, TICK, looking_after, make, place, what_is_told};
use crate::once::{Name, Once, Verdict};
use crate::queue::Queue;
use crate::ranges::Range;
use crate::servers::Servers;
use crate::settings::Settings;
use crate::staff::{Staff, Way};
use crate::start::Start;
use crate::working::Reported;

/// Ranges that are given away and not merged, at most: so many are held in memory, and are in the queue.
pub const AHEAD_MAX: usize = 32;

/// When a range is looked for of which nothing was heard, in times of the silence after which the queue gives it to another.
const LOOKS_AFTER: u32 = 5;

/// After how much silence of all workers this process works, too, in the same measure.
const ALONE_AFTER: u32 = 3;

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
        let start = what_is_told(settings, &servers, directory, plan);
        // Tried here, where a person reads it.
        let sound = start.shared(directory);
        sound.map_err(|why| Error::Refused(format!("the shared cache will not do: {why}")))?;
        let url = servers.queue.clone();
        let making = make(&url, &start);
        let (queue, goes_on, mut here) = looking_after(&mut servers, meter, making).await??;
        let way = Way {
            queue: url,
            job: start.job.clone(),
        };
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

/// Tells which worker has said that it is there.
fn tell_who(meter: &Meter, there: Option<async_nats::Message>) {
    if let Some(message) = there {
        let number = String::from_utf8_lossy(&message.payload);
        meter.tell(format!("a worker (process {number}) is at work"));
    }
}
