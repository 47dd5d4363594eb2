//! Single flight: a task that wants what is already being fetched waits for that answer.
//!
//! After Go's [`singleflight`](https://pkg.go.dev/golang.org/x/sync/singleflight). The first that wants
//! a key *leads*: it fetches, and its answer goes to all that came meanwhile, its *followers*. Then the
//! flight is over and forgotten; to remember is a cache's work.
//!
//! When the leader does not bring what was hoped for:
//!
//! - A failure is an answer, and shared like any other. Followers that tried again, one after another,
//!   would multiply the waiting and the load when there is least to spare.
//! - A leader that is cancelled or panics leaves no answer. Its followers board again, and the first of
//!   them leads. (In Go all of them panic; and there a leader cannot be cancelled from outside.)
//!
//! Left out: Go's `Forget`, and its word on whether an answer was shared.

use std::collections::HashMap;
use std::hash::Hash;

use crate::sync::{Arc, Mutex, MutexGuard, PoisonError, oneshot};

// ANCHOR: flight
/// The flights under way, at most one a key, with their followers; clones are handles to the same.
#[derive(Debug)]
pub struct SingleFlight<K, T>(Arc<Mutex<HashMap<K, Vec<oneshot::Sender<T>>>>>);

/// A place on the flight for a key, as its leader or as a follower.
///
/// Dropping a leader's seat ends the flight, whether or not there is an answer.
#[derive(Debug)]
pub struct Seat<K: Eq + Hash, T: Clone> {
    flights: SingleFlight<K, T>,
    key: K,
    /// Where the leader's answer will arrive; the leader has none.
    landing: Option<oneshot::Receiver<T>>,
    /// What the leader has fetched, to be given out when it leaves.
    fetched: Option<T>,
}

impl<K, T> Clone for SingleFlight<K, T> {
    fn clone(&self) -> SingleFlight<K, T> {
        SingleFlight(Arc::clone(&self.0))
    }
}

impl<K, T> Default for SingleFlight<K, T> {
    /// No flights yet.
    fn default() -> SingleFlight<K, T> {
        SingleFlight(Arc::new(Mutex::new(HashMap::new())))
    }
}

impl<K: Clone + Eq + Hash, T: Clone> SingleFlight<K, T> {
    /// Takes a seat: as a follower if there is a flight for this key, and else as its leader.
    pub fn board(&self, key: &K) -> Seat<K, T> {
        let mut flights = self.lock();
        let landing = match flights.get_mut(key) {
            Some(followers) => {
                let (sender, landing) = oneshot::channel();
                followers.push(sender);
                Some(landing)
            }
            None => {
                flights.insert(key.clone(), Vec::new());
                None
            }
        };
        Seat {
            flights: self.clone(),
            key: key.clone(),
            landing,
            fetched: None,
        }
    }
}

impl<K, T> SingleFlight<K, T> {
    /// How many flights are under way.
    pub fn under_way(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Vec<oneshot::Sender<T>>>> {
        // No task panics halfway through a change of the map.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Clone + Eq + Hash, T: Clone> Seat<K, T> {
    /// Whether this seat's holder is the one to fetch.
    pub fn leads(&self) -> bool {
        self.landing.is_none()
    }

    /// The flight's answer: fetched by the leader, and waited for by the others.
    ///
    /// A follower whose leader is gone may come to lead, so it brings a way to fetch, too.
    pub async fn answer<F: Future<Output = T>>(mut self, fetch: impl FnOnce() -> F) -> T {
        while let Some(landing) = &mut self.landing {
            if let Ok(answer) = landing.await {
                return answer;
            }
            self = self.flights.board(&self.key);
        }
        let answer = fetch().await;
        self.fetched = Some(answer.clone());
        answer
    }
}

impl<K: Eq + Hash, T: Clone> Drop for Seat<K, T> {
    fn drop(&mut self) {
        if self.landing.is_some() {
            return; // a follower goes, and the flight goes on
        }
        let followers = self.flights.lock().remove(&self.key);
        // Without an answer the senders are dropped, which tells the followers.
        if let Some(answer) = &self.fetched {
            for follower in followers.into_iter().flatten() {
                // A follower that was cancelled is not there to take it.
                let _ = follower.send(answer.clone());
            }
        }
    }
}
// ANCHOR_END: flight
