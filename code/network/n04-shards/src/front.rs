//! A cache in front of a directory, which is a directory again.
//!
//! It passes on what it was given and does not have: the question, the time that is left, and, since all of
//! that happens inside of one future, the end of it. Left out is single flight: a question that several
//! callers share has several deadlines, and is cancelled when the last of them is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use traffic::{Answer, Holder, Unresolved};

use crate::contract::{Directory, Outcome, Why};
use crate::job::{Answers, Clients};

/// What it is called where it fails.
const NAME: &str = "the front";

// ANCHOR: front
/// A directory that remembers what another has answered; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct Front<D> {
    cache: Arc<Mutex<HashMap<Vec<u8>, Holder>>>,
    behind: D,
}

impl<D: Directory> Directory for Front<D> {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let start = Instant::now();
        let (mut answers, missing) = self.look(&clients);
        if !missing.clients.is_empty() {
            let asked = missing.clients.clone();
            let found = match self.behind.holders(asked, deadline).await {
                Outcome::Yes(found) => found.answers,
                other => return other,
            };
            if found.len() != missing.clients.len() {
                return Outcome::Unknown(Why::Garbled.of(NAME));
            }
            self.remember(&missing.clients, &found);
            for (place, which) in missing.places {
                answers[place] = found[which].clone();
            }
        }
        let took = start.elapsed();
        Outcome::Yes(Answers { answers, took })
    }
}
// ANCHOR_END: front

/// What the cache does not have.
#[derive(Default)]
struct Missing {
    clients: Clients,
    /// Which places of the answers wait for which of the clients.
    places: Vec<(usize, usize)>,
}

impl<D> Front<D> {
    /// A cache in front of a directory; it has nothing yet.
    pub fn of(behind: D) -> Front<D> {
        Front {
            cache: Arc::default(),
            behind,
        }
    }

    /// One look into the cache for all clients.
    fn look(&self, clients: &Clients) -> (Vec<Answer>, Missing) {
        let mut missing = Missing::default();
        let mut asked: HashMap<&[u8], usize> = HashMap::new();
        let cache = self.lock();
        let answers = clients.iter().enumerate().map(|(place, client)| {
            cache.get(client).cloned().ok_or_else(|| {
                let which = *asked.entry(client).or_insert_with(|| {
                    missing.clients.push(client);
                    missing.clients.len() - 1
                });
                missing.places.push((place, which));
                Unresolved
            })
        });
        (answers.collect(), missing)
    }

    fn remember(&self, clients: &Clients, answers: &[Answer]) {
        let mut cache = self.lock();
        for (client, answer) in clients.iter().zip(answers) {
            // What has no answer today may have one tomorrow.
            if let Ok(holder) = answer {
                cache.insert(client.to_vec(), holder.clone());
            }
        }
    }

    /// Takes the lock, for a moment; no task holds it while it waits for anything else.
    fn lock(&self) -> MutexGuard<'_, HashMap<Vec<u8>, Holder>> {
        // A task that panicked left the map whole: it holds finished answers only.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
