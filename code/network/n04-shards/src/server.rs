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

    /// How many of our questions it has.
    pub fn load(&self) -> usize {
        self.under_way.load(Relaxed)
    }

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
        // Also where this is dropped, because another server was faster.
        let _under_way = UnderWay(&self.under_way, questions);
        let outcome = self.directory.holders(clients, deadline).await;
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

struct UnderWay<'a>(&'a AtomicUsize, usize);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(self.1, Relaxed);
    }
}
