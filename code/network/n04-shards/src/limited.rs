//! A server that can do only so much: one thread that takes questions in turn, and so much time for each.
//!
//! The work is a wait, so that a machine with two processors can have eight such servers. The system wakes a thread
//! late, by a few dozen microseconds: so it is reckoned when a question is done, from when the one before it was,
//! and a thread that woke late has less to wait for the next. The rate is kept exactly, and one answer may be late by
//! one waking.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tokio::time::timeout_at;

use crate::contract::{Directory, Outcome, Why};
use crate::job::{Answers, Clients};

/// What it is called where it fails.
const NAME: &str = "the server";

/// How much a server can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The time of the thread for one question.
    pub service: Duration,
    /// From which of its questions on it is ten times as slow, if it comes to that.
    pub slow_from: Option<u64>,
    /// How long a question may have to wait for its turn; with more in front of it, it is refused.
    pub shed: Option<Duration>,
}

/// How much slower a slow server is.
pub const SLOW: u32 = 10;

// ANCHOR: limited
/// A directory behind a desk at which one thread works; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct Limited<D> {
    limits: Limits,
    orders: Sender<Order>,
    /// The questions that wait, and those that are being worked on.
    waiting: Arc<AtomicU64>,
    behind: D,
}

/// Some questions, and whom to tell when their time has been spent.
#[derive(Debug)]
struct Order {
    questions: u64,
    arrived: Instant,
    done: oneshot::Sender<()>,
}

impl<D: Directory> Directory for Limited<D> {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let questions = clients.len() as u64;
        if self.is_full() {
            // The honest answer, while it costs nothing: this was not done.
            return Outcome::No(Why::Busy.of(NAME));
        }
        let (done_in, done) = oneshot::channel();
        let order = Order {
            questions,
            arrived: Instant::now(),
            done: done_in,
        };
        self.waiting.fetch_add(questions, Relaxed);
        if self.orders.send(order).is_err() {
            return Outcome::No(Why::Gone.of(NAME));
        }
        match timeout_at(deadline.into(), done).await {
            Ok(Ok(())) => self.behind.holders(clients, deadline).await,
            Ok(Err(_)) => Outcome::Unknown(Why::Gone.of(NAME)),
            Err(_) => Outcome::Unknown(Why::Late.of(NAME)),
        }
    }
}

/// The one thread. It ends when there are no handles any more.
fn work(orders: &Receiver<Order>, mut desk: Desk, waiting: &AtomicU64) {
    for order in orders {
        // A caller that has cancelled is gone: its questions take no time.
        if !order.done.is_closed() {
            let done_at = desk.take(order.arrived, order.questions);
            thread::sleep(done_at.saturating_duration_since(Instant::now()));
            let _ = order.done.send(());
        }
        waiting.fetch_sub(order.questions, Relaxed);
    }
}
// ANCHOR_END: limited

impl<D> Limited<D> {
    /// Puts a desk in front of a directory.
    ///
    /// # Panics
    ///
    /// If the system has no thread left.
    pub fn over(behind: D, limits: Limits) -> Limited<D> {
        let (orders, taken) = channel();
        let waiting = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&waiting);
        thread::Builder::new()
            .name("desk".into())
            .spawn(move || work(&taken, Desk::new(limits), &counted))
            .expect("a thread");
        Limited {
            limits,
            orders,
            waiting,
            behind,
        }
    }

    /// Whether what waits already would take longer than a question may wait.
    fn is_full(&self) -> bool {
        let waiting = u32::try_from(self.waiting.load(Relaxed)).unwrap_or(u32::MAX);
        self.limits
            .shed
            .is_some_and(|shed| self.limits.service.saturating_mul(waiting) > shed)
    }
}

/// When the thread is done with what it has taken.
struct Desk {
    limits: Limits,
    free_at: Instant,
    taken: u64,
}

impl Desk {
    fn new(limits: Limits) -> Desk {
        Desk {
            limits,
            free_at: Instant::now(),
            taken: 0,
        }
    }

    /// Takes questions that arrived then, and says when they are done: they begin when they are there and the
    /// ones before them are done, whenever it is that the thread looks at them.
    fn take(&mut self, arrived: Instant, questions: u64) -> Instant {
        let slow = u64::from(SLOW);
        let from = self.limits.slow_from.unwrap_or(u64::MAX);
        let quick = questions.min(from.saturating_sub(self.taken));
        let times = u32::try_from(quick + slow * (questions - quick)).unwrap_or(u32::MAX);
        self.taken = self.taken.saturating_add(questions);
        self.free_at = self.free_at.max(arrived) + self.limits.service.saturating_mul(times);
        self.free_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn limits(service: Duration) -> Limits {
        Limits {
            service,
            slow_from: None,
            shed: None,
        }
    }

    /// Answers with as many answers as there are questions.
    #[derive(Clone, Debug)]
    struct Quick;

    impl Directory for Quick {
        async fn holders(&self, clients: Clients, _deadline: Instant) -> Outcome<Answers> {
            let answers = vec![Ok(traffic::Holder::unknown()); clients.len()];
            let took = Duration::ZERO;
            Outcome::Yes(Answers { answers, took })
        }
    }

    fn clients(number: usize) -> Clients {
        let mut clients = Clients::default();
        (0..number).for_each(|_| clients.push(b"a"));
        clients
    }

    fn far() -> Instant {
        Instant::now() + Duration::from_secs(3600)
    }

    #[test]
    fn the_rate_is_kept_however_late_the_thread_wakes() {
        let mut desk = Desk::new(limits(MS));
        let start = desk.free_at;
        assert_eq!(desk.take(start, 3), start + 3 * MS);
        // It arrived while the first were being worked on.
        assert_eq!(desk.take(start + MS, 2), start + 5 * MS);
        // After a pause the desk is free.
        assert_eq!(desk.take(start + 9 * MS, 1), start + 10 * MS);
    }

    #[test]
    fn a_server_becomes_slow_in_the_middle_of_a_batch() {
        let mut desk = Desk::new(Limits {
            slow_from: Some(3),
            ..limits(MS)
        });
        let start = desk.free_at;
        assert_eq!(desk.take(start, 2), start + 2 * MS);
        assert_eq!(desk.take(start, 2), start + 2 * MS + MS + SLOW * MS);
        assert_eq!(desk.take(start, 1), start + 3 * MS + 2 * SLOW * MS);
    }

    #[tokio::test]
    async fn what_is_cancelled_before_its_turn_takes_no_time() {
        let server = Limited::over(Quick, limits(100 * MS));
        let ahead = server.clone();
        let ahead = tokio::spawn(async move { ahead.holders(clients(1), far()).await });
        while server.waiting.load(Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        // It would take an hour.
        let never = server.holders(clients(36_000), far());
        assert!(tokio::time::timeout(MS, never).await.is_err());
        assert!(matches!(ahead.await, Ok(Outcome::Yes(_))));
        assert!(matches!(
            server.holders(clients(1), far()).await,
            Outcome::Yes(_)
        ));
    }

    #[tokio::test]
    async fn with_too_much_in_front_of_it_a_question_is_refused_and_not_done() {
        let server = Limited::over(
            Quick,
            Limits {
                shed: Some(MS),
                ..limits(Duration::from_secs(3600))
            },
        );
        let ahead = server.clone();
        let ahead = tokio::spawn(async move { ahead.holders(clients(1), far()).await });
        while server.waiting.load(Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        match server.holders(clients(1), far()).await {
            Outcome::No(failure) => assert_eq!(failure.why, Why::Busy),
            other => panic!("{other:?}"),
        }
        ahead.abort();
    }
}
