//! The coordinator: one task that gives ranges away, hears what becomes of them, and merges their reports.
//!
//! All decisions are made here, one after the other, so that none of them races with another. What could
//! block is left to the tasks of the workers ([`crate::peer`]).

use std::collections::BTreeSet;
use std::pin::Pin;
use std::time::Instant;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc;
use tokio::time::sleep_until;
use traffic::{Directory, Error, Meter, Plan, Report, Stage};

use crate::ledger::{Ledger, Past, Verdict, Worker};
use crate::member::{Member, Standing};
use crate::peer::{Event, Events, Peer};
use crate::place::Places;
use crate::ranges::{Lease, Range};
use crate::terms::{Ack, Terms};
use crate::work::{Reported, Word};

/// Words of all workers that wait to be heard.
const WORDS_MAX: usize = 64;

/// What is done with ranges, and by which workers.
pub struct Coordinator<'a> {
    pub(crate) places: &'a Places,
    pub(crate) directory: &'a Directory,
    pub(crate) plan: &'a Plan,
    pub(crate) terms: Terms,
    pub(crate) meter: &'a Meter,
    pub(crate) stages: Stages,
    pub(crate) ledger: Ledger,
    pub(crate) members: Vec<Member>,
    /// How many workers each place has lost.
    pub(crate) lost: Vec<u32>,
    /// Workers that are being started or connected to, and for which place.
    pub(crate) joining: FuturesUnordered<Joining<'a>>,
    pub(crate) events_in: Events,
    pub(crate) events: mpsc::Receiver<(Worker, Event)>,
    pub(crate) repairs: Vec<Repairing>,
    /// Since when there is no worker.
    pub(crate) alone: Option<Instant>,
    /// Whether there are no more ranges.
    pub(crate) is_ending: bool,
    pub(crate) report: Report,
}

type Joining<'a> = Pin<Box<dyn Future<Output = (usize, Result<Option<Peer>, Error>)> + Send + 'a>>;

/// What is shown of the work.
#[derive(Clone, Debug)]
pub struct Stages {
    /// Ranges merged, how long each was leased, and how many workers there are.
    pub ranges: Stage,
    /// Ranges that were lost and are merged, and how long after the last word of the worker that lost them.
    pub repair: Stage,
    /// Lines merged.
    pub merge: Stage,
}

/// Ranges that a worker was given up with, until they are merged.
#[derive(Debug)]
pub(crate) struct Repairing {
    name: String,
    last_word: Instant,
    left: BTreeSet<u64>,
}

impl<'a> Coordinator<'a> {
    /// Fills all places.
    ///
    /// # Errors
    ///
    /// One sentence about a worker that is not the one that is wanted. One that is lost already is no error.
    pub async fn begin(
        places: &'a Places,
        directory: &'a Directory,
        plan: &'a Plan,
        terms: Terms,
        meter: &'a Meter,
    ) -> Result<Coordinator<'a>, Error> {
        let [ranges, repair, merge] = ["ranges", "repair", "merge"].map(|name| meter.stage(name));
        let stages = Stages {
            ranges,
            repair,
            merge,
        };
        let (events_in, events) = mpsc::channel(WORDS_MAX);
        let mut coordinator = Coordinator {
            places,
            directory,
            plan,
            terms,
            meter,
            stages,
            ledger: Ledger::new(terms.repair),
            members: Vec::new(),
            lost: vec![0; places.replicas.len()],
            joining: FuturesUnordered::new(),
            events_in,
            events,
            repairs: Vec::new(),
            alone: None,
            is_ending: false,
            report: Report::new(),
        };
        let places = 0..places.replicas.len();
        let filling = places.map(|place| coordinator.places.fill(place, 0, directory, plan));
        for (place, peer) in futures_util::future::join_all(filling)
            .await
            .into_iter()
            .enumerate()
        {
            match peer {
                Ok(Some(peer)) => coordinator.add(place, peer),
                Ok(None) => coordinator.add_here(Some(place)),
                Err(Error::Lost(why)) => {
                    coordinator.meter.tell(why);
                    coordinator.replace(place);
                }
                Err(err) => return Err(err),
            }
        }
        coordinator.count_workers();
        Ok(coordinator)
    }

    // ANCHOR: coordinate
    /// Has all ranges worked on, and merges their reports.
    ///
    /// # Errors
    ///
    /// If a worker is lost and no acknowledgements were asked for.
    pub async fn coordinate(mut self, mut ranges: mpsc::Receiver<Range>) -> Result<Report, Error> {
        let mut has_ended = false;
        loop {
            self.hand_out();
            if has_ended && self.ledger.is_empty() && self.all_is_sent() {
                return self.end().await;
            }
            let wants_more =
                !has_ended && (0..self.members.len()).any(|worker| self.has_room(worker));
            let next_look = self.next_look();
            tokio::select! {
                // In this order: while a word waits to be heard its worker is not silent.
                biased;
                Some((worker, event)) = self.events.recv() => self.hear(worker, event)?,
                Some((place, peer)) = self.joining.next() => self.joined(place, peer),
                range = ranges.recv(), if wants_more => match range {
                    Some(range) => self.ledger.add(range),
                    None => has_ended = true,
                },
                () = sleep_until(next_look.into()) => self.look_around(Instant::now())?,
            }
        }
    }

    /// Gives ranges to the workers that have the fewest, until none has room or no range is left.
    fn hand_out(&mut self) {
        let now = Instant::now();
        loop {
            let workers = (0..self.members.len()).filter(|&worker| self.has_room(worker));
            let mut workers: Vec<Worker> = workers.collect();
            workers.sort_by_key(|&worker| self.ledger.held(worker));
            if !workers.into_iter().any(|worker| self.hand_to(worker, now)) {
                return;
            }
        }
    }

    fn hand_to(&mut self, worker: Worker, now: Instant) -> bool {
        let member = &mut self.members[worker];
        let time = (!member.is_here && self.terms.ack == Ack::Range).then_some(self.terms.lease);
        let Some(task) = self.ledger.hand_out(worker, now, time) else {
            return false;
        };
        let (range, lines) = (task.lease.range, task.part.len());
        if self.terms.ack == Ack::None && !member.is_here {
            // From here on there is no one to ask for it.
            self.ledger.forget(range);
            member.unsent += 1;
            member.lines += lines as u64;
        }
        // There is room. A worker that is gone meanwhile is heard of, and its ranges are taken back.
        let _ = member.tasks.as_ref().map(|tasks| tasks.try_send(task));
        true
    }

    /// What was heard of a worker.
    pub(crate) fn hear(&mut self, worker: Worker, event: Event) -> Result<(), Error> {
        match event {
            Event::Said(word) => {
                let is_report = !matches!(word, Word::Alive);
                let member = &mut self.members[worker];
                if member.has_spoken(is_report, Instant::now()) {
                    let name = &member.name;
                    self.meter.tell(format!(
                        "{name} is back: it was given up, and had not ended"
                    ));
                    self.alone = None;
                    self.count_workers();
                }
                match word {
                    Word::Alive => Ok(()),
                    Word::Reported(lease, reported) => self.reported(worker, lease, reported),
                    Word::Last(reported) => self.last_word(worker, reported),
                }
            }
            Event::Sent => {
                self.members[worker].unsent -= 1;
                Ok(())
            }
            Event::Ended(None) if self.is_ending => self.has_ended(worker),
            Event::Ended(why) => {
                self.members[worker].tasks = None;
                let why = why.unwrap_or_else(|| "it has left".into());
                self.give_up(worker, Standing::Gone, &format!("is lost: {why}"))
            }
        }
    }

    /// A report came: it counts if the ledger says so.
    fn reported(&mut self, worker: Worker, lease: Lease, reported: Reported) -> Result<(), Error> {
        let Reported { report, asked } = reported;
        let member = &mut self.members[worker];
        member.asked = asked;
        // While it was stopped, all of its requests timed out: what it says about the directory is about itself.
        if member.was_given_up && report.unresolved() > 0 && self.ledger.refuse(lease) {
            return Ok(());
        }
        match self.ledger.judge(worker, lease, report.lines()) {
            Verdict::Merge(past) => self.merge(lease.range, past, report),
            Verdict::Late => {
                let (name, range) = (&self.members[worker].name, lease.range);
                self.meter.tell(format!(
                    "{name} reports range {range} too late: that is not counted"
                ));
            }
            Verdict::Wrong { lines } => {
                let why = format!("is lost: it reported {} lines of {lines}", report.lines());
                self.members[worker].attending.abort();
                return self.give_up(worker, Standing::Gone, &why);
            }
        }
        Ok(())
    }
    // ANCHOR_END: coordinate

    fn merge(&mut self, range: u64, past: Past, report: Report) {
        let Stages {
            ranges,
            repair,
            merge,
        } = &self.stages;
        ranges.took(past.since.elapsed());
        if let Some(last_word) = past.lost {
            repair.took(last_word.elapsed());
        }
        let lines = usize::try_from(report.lines()).unwrap_or(usize::MAX);
        merge.busy_batch(|| (lines, self.report.merge(report)));
        self.repairs.retain_mut(|repairing| {
            if repairing.left.remove(&range) && repairing.left.is_empty() {
                let (name, ms) = (&repairing.name, repairing.last_word.elapsed().as_millis());
                self.meter.tell(format!(
                    "what {name} had is merged, {ms} ms after its last word"
                ));
            }
            !repairing.left.is_empty()
        });
    }

    // ANCHOR: give_up
    /// Gives a worker up: its leases are revoked, and its place is filled again.
    fn give_up(&mut self, worker: Worker, standing: Standing, why: &str) -> Result<(), Error> {
        let member = &mut self.members[worker];
        let before = std::mem::replace(&mut member.standing, standing);
        member.was_given_up = true;
        if before == Standing::Gone {
            return Ok(());
        }
        let (name, last_word) = (member.name.clone(), member.last_word);
        if self.terms.ack == Ack::None || member.is_here {
            return Err(Error::Lost(format!("{name} {why}")));
        }
        let place = member.place;
        let ranges = self.ledger.take_back(worker, last_word);
        self.meter.tell(match ranges.len() {
            0 => format!("{name} {why}; it had nothing to do"),
            1 => format!("{name} {why}; range {} is done again", ranges[0]),
            many => format!("{name} {why}; {many} ranges are done again"),
        });
        if !ranges.is_empty() {
            let left = ranges.into_iter().collect();
            self.repairs.push(Repairing {
                name,
                last_word,
                left,
            });
        }
        self.count_workers();
        // One that was given up before has been replaced.
        if let (Standing::Trusted, Some(place)) = (before, place) {
            self.replace(place);
        }
        Ok(())
    }

    /// Fills a place again, if that has not been done too often.
    fn replace(&mut self, place: usize) {
        self.lost[place] += 1;
        let (lost, most) = (self.lost[place], self.terms.restarts);
        if lost > most {
            if lost == most + 1 {
                let place = place + 1;
                self.meter
                    .tell(format!("place {place} is not filled any more"));
            }
            return;
        }
        let (places, directory, plan) = (self.places, self.directory, self.plan);
        self.joining.push(Box::pin(async move {
            (place, places.fill(place, lost, directory, plan).await)
        }));
    }
    // ANCHOR_END: give_up

    fn joined(&mut self, place: usize, peer: Result<Option<Peer>, Error>) {
        match peer {
            Ok(Some(peer)) => self.add(place, peer),
            Ok(None) => self.add_here(Some(place)),
            Err(err) => {
                self.meter.tell(err.to_string());
                self.replace(place);
            }
        }
    }

    /// Looks at what time has brought: silence, leases that are over, and that no worker is left.
    pub(crate) fn look_around(&mut self, now: Instant) -> Result<(), Error> {
        for worker in 0..self.members.len() {
            let silent_at = self.members[worker].silent_at(self.terms.silence);
            if silent_at.is_some_and(|at| at <= now) {
                let s = self.terms.silence.as_secs_f64();
                self.give_up(worker, Standing::Silent, &format!("was silent for {s} s"))?;
            }
        }
        while let Some((worker, range)) = self.ledger.overdue(now) {
            let why = format!("has kept range {range} for too long");
            self.give_up(worker, Standing::Slow, &why)?;
        }
        if self.needs_us(now) {
            self.add_here(None);
        }
        Ok(())
    }

    /// Whether this process has to do the work itself: no worker is left, or has been there for as long as
    /// silence may last; or no other may try a range again.
    fn needs_us(&self, now: Instant) -> bool {
        let is_over = |alone| self.joining.is_empty() || alone + self.terms.silence <= now;
        let is_here = self.members.iter().any(|member| member.is_here);
        !is_here && (self.alone.is_some_and(is_over) || self.ledger.has_last_resorts())
    }

    /// When to look around again, if nothing is heard before.
    pub(crate) fn next_look(&self) -> Instant {
        let now = Instant::now();
        if self.needs_us(now) {
            return now;
        }
        let silent = self.members.iter();
        let silent = silent.filter_map(|member| member.silent_at(self.terms.silence));
        let alone = self.alone.map(|alone| alone + self.terms.silence);
        let looks = silent.chain(self.ledger.next_due()).chain(alone);
        looks.min().unwrap_or(now + self.terms.silence)
    }
}
