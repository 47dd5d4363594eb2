//! A server as its caller sees it: a directory, how much it was asked that it has not answered, and whether it is
//! gone.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::contract::{Directory, Outcome, Why};
use crate::job::{Answers, Clients};
use crate::process::Process;

/// One of the servers of a shard. Dropping it ends its process, if it has one: a server has nothing to lose.
#[derive(Debug)]
pub struct Server<D> {
    name: String,
    directory: D,
    /// Questions that wait for its answers: ours. What others have asked it we do not know.
    under_way: AtomicUsize,
    /// Questions that were cancelled since its last answer. It takes questions in turn: until it answers again it may
    /// be at one of these, and when it does, the others before that are done and those behind it will be skipped.
    cancelled: AtomicUsize,
    asked: AtomicU64,
    is_gone: AtomicBool,
    was_told: AtomicBool,
    process: Mutex<Option<Process>>,
    /// After how many of its questions it is to be killed, if it is.
    killed_at: Option<u64>,
}

impl<D: Directory> Server<D> {
    /// A server that is there.
    pub fn new(name: String, directory: D) -> Server<D> {
        Server {
            name,
            directory,
            under_way: AtomicUsize::new(0),
            cancelled: AtomicUsize::new(0),
            asked: AtomicU64::new(0),
            is_gone: AtomicBool::new(false),
            was_told: AtomicBool::new(false),
            process: Mutex::new(None),
            killed_at: None,
        }
    }

    /// The same, in a process that was started for it, and that is perhaps to be killed when it has been asked so
    /// often.
    #[must_use]
    pub fn in_process(self, process: Process, killed_at: Option<u64>) -> Server<D> {
        Server {
            process: Mutex::new(Some(process)),
            killed_at,
            ..self
        }
    }

    /// Its name, for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    // ANCHOR: load
    /// How many of our questions it has, as far as we know. Without those that were cancelled, a server that is slow
    /// would look idle just when another has been asked in its place, and would be chosen again.
    pub fn load(&self) -> usize {
        self.under_way.load(Relaxed) + self.cancelled.load(Relaxed)
    }
    // ANCHOR_END: load

    /// Whether it cannot be asked any more.
    pub fn is_gone(&self) -> bool {
        self.is_gone.load(Relaxed)
    }

    /// Whether it is gone, and this was not asked before.
    pub fn is_newly_gone(&self) -> bool {
        self.is_gone() && !self.was_told.swap(true, Relaxed)
    }

    /// Asks it. A connection that ends is the end of the server, as far as we can know.
    pub async fn ask(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let questions = clients.len();
        let asked = self.asked.fetch_add(questions as u64, Relaxed);
        if self.killed_at.is_some_and(|at| at <= asked) {
            self.kill();
        }
        self.under_way.fetch_add(questions, Relaxed);
        let mut under_way = UnderWay {
            server: self,
            questions,
            is_cancelled: true,
        };
        let outcome = self.directory.holders(clients, deadline).await;
        under_way.is_cancelled = false;
        if let Outcome::Yes(_) = outcome {
            self.cancelled.store(0, Relaxed);
        }
        if let Outcome::No(failure) | Outcome::Unknown(failure) = &outcome
            && failure.why == Why::Gone
        {
            self.is_gone.store(true, Relaxed);
        }
        outcome
    }

    /// Kills its process. What it was asked has no answer, and what is asked before we notice has none either.
    fn kill(&self) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        drop(process.take());
    }
}

/// Questions that are under way. It is dropped with the call, also where another server was faster.
struct UnderWay<'a, D> {
    server: &'a Server<D>,
    questions: usize,
    is_cancelled: bool,
}

impl<D> Drop for UnderWay<'_, D> {
    fn drop(&mut self) {
        self.server.under_way.fetch_sub(self.questions, Relaxed);
        if self.is_cancelled {
            self.server.cancelled.fetch_add(self.questions, Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    /// Answers one client, and never two.
    #[derive(Clone, Debug)]
    struct One;

    impl Directory for One {
        async fn holders(&self, clients: Clients, _deadline: Instant) -> Outcome<Answers> {
            if clients.len() > 1 {
                return pending().await;
            }
            let (answers, took) = (vec![Ok(traffic::Holder::unknown())], Duration::ZERO);
            Outcome::Yes(Answers { answers, took })
        }
    }

    #[tokio::test]
    async fn what_was_cancelled_counts_until_the_next_answer() {
        let server = Server::new("a server".into(), One);
        let mut two = Clients::default();
        (0..2).for_each(|_| two.push(b"a"));
        let far = Instant::now() + Duration::from_secs(3600);
        let asked = server.ask(two, far);
        assert!(timeout(Duration::from_millis(1), asked).await.is_err());
        assert_eq!(server.load(), 2);
        let mut one = Clients::default();
        one.push(b"a");
        assert!(matches!(server.ask(one, far).await, Outcome::Yes(_)));
        assert_eq!(server.load(), 0);
    }
}
