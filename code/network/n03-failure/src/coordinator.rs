//! The coordinator: one task that gives ranges away, hears what becomes of them, and merges their reports.
//!
//! All decisions are made by this task, one after the other, so that none of them races with another. What could
//! block is left to the tasks of the workers ([`crate::peer`]).
//!
//! Here ranges are leased. What it does with a word that it hears is in `heard.rs`, when it gives a worker up and
//! fills its place again in `losses.rs`, and how workers come and go in `crew.rs`.

use std::pin::Pin;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use traffic::{Directory, Error, Meter, Plan, Report, Stage};

use crate::ledger::{Ledger, Worker};
use crate::member::Member;
use crate::peer::{Event, Events, Peer};
use crate::place::Places;
use crate::ranges::Range;
use crate::repairs::Repairs;
use crate::terms::{Ack, Terms};

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
    /// Why each could not be filled, the last time.
    pub(crate) unreached: Vec<Option<String>>,
    /// Workers that are being started or connected to, and for which place.
    pub(crate) joining: FuturesUnordered<Joining<'a>>,
    pub(crate) events_in: Events,
    pub(crate) events: mpsc::Receiver<(Worker, Event)>,
    pub(crate) repairs: Repairs,
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

impl<'a> Coordinator<'a> {
    /// Fills all places.
    ///
    /// # Errors
    ///
    /// One sentence about a worker that is not the one that is wanted. One that is lost already, or cannot be reached,
    /// is no error: it is waited for as long as its greeting may take, and then the others begin.
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
            unreached: vec![None; places.replicas.len()],
            joining: FuturesUnordered::new(),
            events_in,
            events,
            repairs: Repairs::default(),
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
                    coordinator.unreached(place, why);
                    coordinator.replace(place);
                }
                Err(err) => return Err(err),
            }
        }
        coordinator.count_workers();
        Ok(coordinator)
    }

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
                () = sleep_until(next_look) => self.look_around(Instant::now())?,
            }
        }
    }

    /// Gives ranges to the workers that have the fewest, until none has room or no range is left.
    fn hand_out(&mut self) {
        let now = Instant::now();
        loop {
            let workers = (0..self.members.len()).filter(|&worker| self.has_room(worker));
            let mut workers: Vec<Worker> = workers.collect();
            // Cached: each number is a walk over all leases, and with fifty workers those were most of what the run did.
            workers.sort_by_cached_key(|&worker| self.ledger.held(worker));
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
}
