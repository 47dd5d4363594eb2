//! Many servers as one directory: servers of a test, that do as they are told.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::SeqCst};
use std::time::{Duration, Instant};

use n04_shards::choice::Choice;
use n04_shards::contract::{Directory, Outcome, Why};
use n04_shards::fleet::Fleet;
use n04_shards::job::{Answers, Clients};
use n04_shards::remote::Remote;
use n04_shards::server::Server;
use n04_shards::service::serve;
use n04_shards::transport::CALLS_MAX;
use tokio::net::UnixStream;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;
use traffic::{Holder, Meter};

/// What has not happened by then does not happen. Far longer than anything here takes.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A deadline that does not pass while a test runs.
const FAR: Duration = Duration::from_secs(600);

/// What a server is told to do, if it is not just to answer.
const SILENT: u8 = 1;
const GONE: u8 = 2;
const REFUSES: u8 = 3;
const SHORT: u8 = 4;

/// A server that does what it is told; clones are handles to the same.
#[derive(Clone, Debug, Default)]
struct Fake {
    does: Arc<AtomicU8>,
    asked: Arc<AtomicU64>,
    dropped: Arc<AtomicU64>,
}

impl Fake {
    fn told(does: u8) -> Fake {
        let fake = Fake::default();
        fake.does.store(does, SeqCst);
        fake
    }
}

/// Counts when it is dropped.
struct Dropped<'a>(&'a AtomicU64);

impl Drop for Dropped<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, SeqCst);
    }
}

impl Directory for Fake {
    /// Says that each client is held by itself.
    async fn holders(&self, clients: Clients, _deadline: Instant) -> Outcome<Answers> {
        self.asked.fetch_add(clients.len() as u64, SeqCst);
        let mut answers: Vec<_> = clients
            .iter()
            .map(|client| Ok(Holder::new(std::str::from_utf8(client).expect("text"))))
            .collect();
        match self.does.load(SeqCst) {
            SILENT => {
                let _dropped = Dropped(&self.dropped);
                return pending().await;
            }
            GONE => return Outcome::Unknown(Why::Gone.of("a server")),
            REFUSES => return Outcome::No(Why::Busy.of("a server")),
            SHORT => drop(answers.pop()),
            _ => {}
        }
        let took = Duration::ZERO;
        Outcome::Yes(Answers { answers, took })
    }
}

fn in_time(work: impl Future<Output = ()>) {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async { timeout(TIME_LIMIT, work).await.expect("it hangs") });
    runtime.shutdown_background();
}

/// A fleet without servers.
fn empty<D>() -> Fleet<D> {
    Fleet::new(
        Choice::Two,
        true,
        &Meter::new(),
        mpsc::unbounded_channel().0,
    )
}

/// A fleet of shards of such servers.
fn fleet(shards: &[&[&Fake]]) -> Fleet<Fake> {
    let fleet = empty();
    for shard in shards {
        let servers = shard
            .iter()
            .map(|&fake| Server::new("a server".into(), fake.clone()));
        fleet.add(servers.collect());
    }
    fleet
}

fn clients(number: usize) -> Clients {
    let mut clients = Clients::default();
    (0..number).for_each(|number| clients.push(format!("client-{number}").as_bytes()));
    clients
}

/// Asks for so many clients, and asserts that each has its own answer.
async fn assert_answered(fleet: &Fleet<Fake>, number: usize) {
    match fleet.holders(clients(number), Instant::now() + FAR).await {
        Outcome::Yes(found) => {
            assert_eq!(found.answers.len(), number);
            for (number, answer) in found.answers.iter().enumerate() {
                let holder = answer.as_ref().map(Holder::as_str);
                assert_eq!(holder.ok(), Some(format!("client-{number}").as_str()));
            }
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn answers_are_put_back_in_the_order_of_the_questions() {
    in_time(async {
        let [a, b, c] = [(); 3].map(|()| Fake::default());
        assert_answered(&fleet(&[&[&a], &[&b], &[&c]]), 300).await;
        let asked = [a, b, c].map(|fake| fake.asked.load(SeqCst));
        assert_eq!(asked.iter().sum::<u64>(), 300, "each once");
        assert!(asked.iter().all(|&asked| asked > 50), "{asked:?}");
    });
}

#[test]
fn a_key_has_one_shard_until_a_shard_is_added() {
    in_time(async {
        let [a, b, c] = [(); 3].map(|()| Fake::default());
        let fleet = fleet(&[&[&a], &[&b]]);
        assert_answered(&fleet, 300).await;
        let before = [&a, &b].map(|fake| fake.asked.load(SeqCst));
        assert_answered(&fleet, 300).await;
        assert_eq!(
            [&a, &b].map(|fake| fake.asked.load(SeqCst)),
            before.map(|asked| 2 * asked)
        );
        fleet.add(vec![Server::new("a server".into(), c.clone())]);
        assert_answered(&fleet, 300).await;
        // What the new one has, the others have lost, and nothing else has moved.
        let lost = before[0] + before[1] - (a.asked.load(SeqCst) + b.asked.load(SeqCst) - 600);
        assert!(c.asked.load(SeqCst) > 50);
        assert_eq!(lost, c.asked.load(SeqCst));
    });
}

#[test]
fn a_server_that_is_gone_leaves_its_questions_to_its_replica_or_to_the_other_shards() {
    in_time(async {
        let [gone, replica, other] = [Fake::told(GONE), Fake::default(), Fake::default()];
        let with_replica = fleet(&[&[&gone, &replica], &[&other]]);
        for _ in 0..10 {
            assert_answered(&with_replica, 100).await;
        }
        assert_eq!(
            replica.asked.load(SeqCst) + other.asked.load(SeqCst),
            1_000,
            "nothing has moved"
        );
        let [gone, other] = [Fake::told(GONE), Fake::default()];
        let without = fleet(&[&[&gone], &[&other]]);
        assert_answered(&without, 100).await;
        assert_answered(&without, 100).await;
        assert_eq!(other.asked.load(SeqCst), 200);
        assert!(gone.asked.load(SeqCst) < 100, "once, and never again");
    });
}

#[test]
fn without_any_server_it_is_not_known() {
    in_time(async {
        let [a, b] = [Fake::told(GONE), Fake::told(GONE)];
        let outcome = fleet(&[&[&a], &[&b]])
            .holders(clients(9), Instant::now() + FAR)
            .await;
        assert_eq!(
            outcome.unknown().map(|failure| failure.why),
            Some(Why::Gone)
        );
    });
}

#[test]
fn a_late_server_is_not_waited_for_and_is_told_so() {
    in_time(async {
        let [late, other] = [Fake::default(), Fake::default()];
        let fleet = fleet(&[&[&late, &other]]);
        // What is saved up pays for a second attempt.
        for _ in 0..200 {
            assert_answered(&fleet, 1).await;
        }
        late.does.store(SILENT, SeqCst);
        let before = late.asked.load(SeqCst);
        // By chance the other one is asked first, now and then.
        while late.asked.load(SeqCst) == before {
            assert_answered(&fleet, 1).await;
        }
        assert_eq!(late.dropped.load(SeqCst), 1, "it is told");
    });
}

#[test]
fn what_is_refused_is_unresolved() {
    in_time(async {
        let [busy, other] = [Fake::told(REFUSES), Fake::default()];
        let fleet = fleet(&[&[&busy], &[&other]]);
        match fleet.holders(clients(100), Instant::now() + FAR).await {
            Outcome::Yes(found) => {
                let unresolved = found.answers.iter().filter(|answer| answer.is_err());
                assert_eq!(unresolved.count() as u64, busy.asked.load(SeqCst));
                assert!(other.asked.load(SeqCst) > 0);
            }
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn too_few_answers_are_unknown() {
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        tokio::spawn(serve(Fake::told(SHORT), theirs));
        let fleet = empty();
        let remote = Remote::over("a server", ours);
        fleet.add(vec![Server::new("a server".into(), remote)]);
        let outcome = fleet.holders(clients(9), Instant::now() + FAR).await;
        assert_eq!(
            outcome.unknown().map(|failure| failure.why),
            Some(Why::Garbled)
        );
    });
}

#[test]
fn a_server_that_takes_nothing_holds_callers_up() {
    in_time(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        let remote = Remote::over("a server", ours);
        let fleet = empty();
        fleet.add(vec![Server::new("a server".into(), remote.clone())]);
        let mut calls = JoinSet::new();
        for _ in 0..4 * CALLS_MAX {
            let fleet = fleet.clone();
            calls.spawn(async move { fleet.holders(clients(9), Instant::now() + FAR).await });
        }
        while remote.under_way() < CALLS_MAX {
            tokio::task::yield_now().await;
        }
        fleet.was_asked(4 * 9 * CALLS_MAX as u64).await;
        assert_eq!(
            remote.under_way(),
            CALLS_MAX,
            "the others wait in front of it"
        );
        drop(theirs);
    });
}
