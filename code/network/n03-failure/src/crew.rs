//! The coordinator's workers: how they come, how many there are, and how they go.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};
use traffic::directory::Stats;
use traffic::{Directory, Error, Meter, Plan, Report};

use crate::coordinator::Coordinator;
use crate::ledger::Worker;
use crate::member::{Member, Standing};
use crate::peer::{Event, Events, Peer};
use crate::place::STAGE;
use crate::ranges::Task;
use crate::terms::Ack;
use crate::work::{LEASES_MAX, Manner, work};

/// How long workers that have nothing more to do may take to end by themselves.
const GRACE: Duration = Duration::from_millis(500);

impl Coordinator<'_> {
    /// Takes in a worker elsewhere.
    pub(crate) fn add(&mut self, place: usize, peer: Peer) {
        self.meter.tell(format!("{} is at work", peer.name));
        let name = peer.name.clone();
        let (tasks_in, tasks) = mpsc::channel(LEASES_MAX);
        let (number, events) = (self.members.len(), self.events_in.clone());
        let attending = tokio::spawn(peer.attend(number, tasks, self.terms.ack, events));
        self.join(Member {
            name,
            place: Some(place),
            is_here: false,
            tasks: Some(tasks_in),
            standing: Standing::Trusted,
            was_given_up: false,
            last_word: Instant::now(),
            asked: Stats::default(),
            unsent: 0,
            lines: 0,
            attending,
        });
    }

    /// Takes in this process as a worker: because a place says so, or as the last resort.
    pub(crate) fn add_here(&mut self, place: Option<usize>) {
        if place.is_none() {
            self.meter
                .tell("this process does the work itself from here on".into());
        }
        let (tasks_in, tasks) = mpsc::channel(LEASES_MAX);
        let (number, events) = (self.members.len(), self.events_in.clone());
        let (directory, plan) = (self.directory.clone(), self.plan.clone());
        let attending = tokio::spawn(attend_here(number, tasks, directory, plan, events));
        self.join(Member {
            name: format!("this process, as a worker of {STAGE},"),
            place,
            is_here: true,
            tasks: Some(tasks_in),
            standing: Standing::Trusted,
            was_given_up: false,
            last_word: Instant::now(),
            asked: Stats::default(),
            unsent: 0,
            lines: 0,
            attending,
        });
    }

    fn join(&mut self, member: Member) {
        self.members.push(member);
        self.count_workers();
    }

    /// Counts the workers that are trusted.
    pub(crate) fn count_workers(&mut self) {
        let trusted = |member: &&Member| member.standing == Standing::Trusted;
        let workers = self.members.iter().filter(trusted).count();
        self.stages.ranges.workers(workers);
        self.alone = match workers {
            0 => self.alone.or_else(|| Some(Instant::now())),
            _ => None,
        };
    }

    /// Whether a worker can be given a range.
    pub(crate) fn has_room(&self, worker: Worker) -> bool {
        let member = &self.members[worker];
        member.has_room(self.ledger.held(worker) + member.unsent)
    }

    /// Whether every range is on its way, where that is all that is known.
    pub(crate) fn all_is_sent(&self) -> bool {
        self.members.iter().all(|member| member.unsent == 0)
    }

    /// Lets all workers go, and gives the report.
    ///
    /// With acknowledgements there is nothing left to be learned from them: they are waited for out of
    /// politeness, and not for long.
    pub(crate) async fn end(mut self) -> Result<Report, Error> {
        self.is_ending = true;
        for member in &mut self.members {
            member.tasks = None;
        }
        let deadline = Instant::now() + GRACE;
        while (self.members.iter()).any(|member| member.standing == Standing::Trusted) {
            let look = match self.terms.ack {
                Ack::Range => deadline,
                Ack::None => self.next_look(),
            };
            match (timeout_at(look, self.events.recv()).await, self.terms.ack) {
                (Ok(Some((worker, Event::Ended(_)))), Ack::Range) => {
                    self.members[worker].standing = Standing::Gone;
                }
                (Ok(Some(_)), Ack::Range) => {}
                (Ok(Some((worker, event))), Ack::None) => self.hear(worker, event)?,
                (_, Ack::None) => self.look_around(Instant::now())?,
                (_, Ack::Range) => break,
            }
        }
        for member in &self.members {
            self.directory.add(member.asked);
        }
        Ok(self.report)
    }
}

/// Has this process work on ranges. It lives as long as the run: it need not say that it is there, and
/// reports each range.
async fn attend_here(
    worker: Worker,
    tasks: mpsc::Receiver<Task>,
    directory: Directory,
    plan: Plan,
    events: Events,
) {
    let (words_in, mut words) = mpsc::channel(LEASES_MAX);
    let stage = Meter::new().stage(STAGE);
    let manner = Manner {
        beat: None,
        reports_each: true,
    };
    let working = tokio::spawn(work(tasks, words_in, manner, directory, plan, stage));
    while let Some(mut word) = words.recv().await {
        if let crate::work::Word::Reported(_, reported) = &mut word {
            // They are counted already: the directory is the run's own.
            reported.asked = Stats::default();
        }
        let _ = events.send((worker, Event::Said(word))).await;
    }
    let panicked = working.await.is_err().then(|| "it panicked".to_owned());
    let _ = events.send((worker, Event::Ended(panicked))).await;
}
