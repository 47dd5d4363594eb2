//! Many servers that look like one directory: shards by consistent hashing, replicas by choice, and second attempts.
//!
//! All of it is on the caller's side. The servers do not know of each other, and none of them has to know how many
//! there are.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Instant;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::{mpsc, watch};
use tokio::time::sleep;
use traffic::{Answer, Meter, Stage, Unresolved};

use crate::choice::{Choice, Dice};
use crate::contract::{Directory, Failure, Outcome, Why};
use crate::job::{Answers, Clients};
use crate::ring::Ring;
use crate::second::Second;
use crate::server::Server;

/// What all servers together are called where they fail.
const NAME: &str = "the last server";

/// Where sentences for a person go.
pub type Tell = mpsc::UnboundedSender<String>;

/// The servers that hold the same keys.
type Shard<D> = Vec<Server<D>>;

/// A directory of many; clones are handles to the same one.
#[derive(Debug)]
pub struct Fleet<D>(Arc<Shared<D>>);

#[derive(Debug)]
struct Shared<D> {
    /// Replaced as a whole when a shard is lost or added: who asks goes on with what it has seen.
    members: RwLock<Members<D>>,
    choice: Choice,
    second: Option<Second>,
    dice: Dice,
    /// How many questions it has been asked.
    asked: watch::Sender<u64>,
    told: Told,
}

/// Which shards there are, and which keys belong to each.
#[derive(Debug)]
struct Members<D> {
    ring: Arc<Ring>,
    shards: Vec<Arc<Shard<D>>>,
}

/// What is counted and told beside the answers.
#[derive(Debug)]
struct Told {
    sentences: Tell,
    calls: Stage,
    seconds: Stage,
    refused: Stage,
}

/// Some of the questions of a call: those whose keys belong to one shard.
struct Part {
    clients: Clients,
    /// Their places in the call.
    places: Vec<usize>,
}

// ANCHOR: holders
impl<D: Directory> Directory for Fleet<D> {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let start = Instant::now();
        self.0
            .asked
            .send_modify(|asked| *asked += clients.len() as u64);
        let mut answers: Vec<Answer> = vec![Err(Unresolved); clients.len()];
        let places = (0..clients.len()).collect();
        let mut parts = FuturesUnordered::new();
        let mut homeless = Some(Part { clients, places });
        loop {
            if let Some(part) = homeless.take() {
                let Some(owned) = self.split(&part) else {
                    return Outcome::Unknown(Why::Gone.of(NAME));
                };
                parts.extend(
                    owned
                        .into_iter()
                        .map(|(shard, part)| self.ask(shard, part, deadline)),
                );
            }
            let Some((part, outcome)) = parts.next().await else {
                break;
            };
            match outcome {
                Outcome::Yes(found) => {
                    for (place, answer) in part.places.into_iter().zip(found.answers) {
                        answers[place] = answer;
                    }
                }
                // The shard has no server left, and its keys have other owners.
                Outcome::No(failure) if failure.why == Why::Gone => homeless = Some(part),
                // Shed: an answer in time for all others was worth more.
                Outcome::No(failure) if failure.why == Why::Busy => {
                    self.0.told.refused.busy_batch(|| (part.places.len(), ()));
                }
                other => return other,
            }
        }
        let took = start.elapsed();
        Outcome::Yes(Answers { answers, took })
    }
}

impl<D: Directory> Fleet<D> {
    /// Asks a shard, one replica after the other while they turn out to be gone. *Unknown* may be asked again here,
    /// and only because a lookup changes nothing: twice is once.
    async fn ask(&self, shard: usize, part: Part, deadline: Instant) -> (Part, Outcome<Answers>) {
        let servers = Arc::clone(&self.members().shards[shard]);
        loop {
            let there: Vec<&Server<D>> =
                servers.iter().filter(|server| !server.is_gone()).collect();
            if there.is_empty() {
                return (part, Outcome::No(self.lose(shard)));
            }
            let choice = self.0.choice;
            let first = choice.among(there.len(), &self.0.dice, |replica| there[replica].load());
            let other = (there.len() > 1).then(|| {
                let others: Vec<&Server<D>> = without(&there, first);
                others[choice.among(others.len(), &self.0.dice, |replica| others[replica].load())]
            });
            match self
                .race(there[first], other, &part.clients, deadline)
                .await
            {
                Outcome::No(failure) | Outcome::Unknown(failure) if failure.why == Why::Gone => {
                    for server in servers.iter().filter(|server| server.is_newly_gone()) {
                        self.tell(format!("{} is gone", server.name()));
                    }
                }
                outcome => return (part, outcome),
            }
        }
    }

    /// Asks one server, and another one too if the first is late. The first answer wins, and the other attempt is
    /// dropped, which cancels it.
    async fn race(
        &self,
        first: &Server<D>,
        other: Option<&Server<D>>,
        clients: &Clients,
        deadline: Instant,
    ) -> Outcome<Answers> {
        let call = |server: &Server<D>| {
            self.0.told.calls.busy_batch(|| (1, ()));
            self.0.told.calls.queue(server.load(), None);
        };
        call(first);
        let attempt = first.ask(clients.clone(), deadline);
        let (Some(second), Some(other)) = (&self.0.second, other) else {
            return attempt.await;
        };
        tokio::pin!(attempt);
        tokio::select! {
            biased;
            outcome = &mut attempt => {
                second.was_in_time();
                return outcome;
            }
            () = sleep(second.wait()) => if !second.may_follow() {
                return attempt.await;
            }
        }
        call(other);
        self.0.told.seconds.busy_batch(|| (1, ()));
        tokio::select! {
            biased;
            outcome = &mut attempt => outcome,
            // That the second attempt failed is no reason to give up the first.
            Outcome::Yes(answers) = other.ask(clients.clone(), deadline) => Outcome::Yes(answers),
        }
    }
}
// ANCHOR_END: holders

// ANCHOR: moves
impl<D: Directory> Fleet<D> {
    /// The questions of each shard; none if there is no shard.
    fn split(&self, part: &Part) -> Option<Vec<(usize, Part)>> {
        let ring = Arc::clone(&self.members().ring);
        let mut parts: Vec<(usize, Part)> = Vec::new();
        for (client, &place) in part.clients.iter().zip(&part.places) {
            let shard = ring.owner(client)?;
            let at = parts
                .iter()
                .position(|&(of, _)| of == shard)
                .unwrap_or_else(|| {
                    let (clients, places) = Default::default();
                    parts.push((shard, Part { clients, places }));
                    parts.len() - 1
                });
            let part = &mut parts[at].1;
            part.clients.push(client);
            part.places.push(place);
        }
        Some(parts)
    }

    /// A shard without servers gives its keys to the others; those of the others stay where they are.
    fn lose(&self, shard: usize) -> Failure {
        let mut members = self
            .0
            .members
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let ring = Arc::make_mut(&mut members.ring);
        if ring.remove(shard) {
            let shard = shard + 1;
            self.tell(format!(
                "shard {shard} has no server left: its keys move to others"
            ));
        }
        Why::Gone.of(NAME)
    }

    /// Adds a shard, which takes its share of the keys from the others.
    pub fn add(&self, servers: Shard<D>) {
        let mut members = self
            .0
            .members
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        members.shards.push(Arc::new(servers));
        let shard = members.shards.len() - 1;
        Arc::make_mut(&mut members.ring).add(shard);
    }
}
// ANCHOR_END: moves

impl<D> Fleet<D> {
    /// A fleet without servers. The meter hears of its calls, and a person of what it loses.
    pub fn new(choice: Choice, has_second: bool, meter: &Meter, sentences: Tell) -> Fleet<D> {
        let [calls, seconds, refused] =
            ["calls", "second", "refused"].map(|name| meter.stage(name));
        let members = Members {
            ring: Arc::default(),
            shards: Vec::new(),
        };
        Fleet(Arc::new(Shared {
            members: RwLock::new(members),
            choice,
            second: has_second.then(Second::default),
            dice: Dice::default(),
            asked: watch::Sender::new(0),
            told: Told {
                sentences,
                calls,
                seconds,
                refused,
            },
        }))
    }

    /// Tells a person something.
    pub fn tell(&self, sentence: String) {
        // At the end of a run there is none to be told.
        let _ = self.0.told.sentences.send(sentence);
    }

    /// Waits until it has been asked so many questions.
    pub async fn was_asked(&self, questions: u64) {
        let mut asked = self.0.asked.subscribe();
        // The other half is in here, too, and so this cannot fail.
        let _ = asked.wait_for(|&asked| asked >= questions).await;
    }

    fn members(&self) -> RwLockReadGuard<'_, Members<D>> {
        // Each change is whole: no task panics halfway through one.
        self.0
            .members
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl<D> Clone for Fleet<D> {
    fn clone(&self) -> Fleet<D> {
        Fleet(Arc::clone(&self.0))
    }
}

/// All but one of them.
fn without<'a, T>(all: &[&'a T], but: usize) -> Vec<&'a T> {
    let others = all.iter().enumerate().filter(|&(at, _)| at != but);
    others.map(|(_, &other)| other).collect()
}
