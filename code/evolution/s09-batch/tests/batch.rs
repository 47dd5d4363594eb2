//! What batching promises: every item leaves, in order, at the right time, the last one too.

use std::mem;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use s09_batch::batch::{Journey, Limits, gather};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::time::timeout;
use traffic::directory::{Config, Directory, Server, Table};
use traffic::generator::{Workload, write_log};
use traffic::{Input, Meter, Plan};

/// Whoever has not ended by then hangs.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A linger that no test waits for.
const FOR_EVER: Duration = Duration::from_secs(3_600);

/// What departed, and with which journeys.
type Departed = Arc<Mutex<Vec<(Vec<u32>, Journey)>>>;

/// Gathers what is sent into batches of ten at most, whose journeys never end by themselves.
fn gathering(
    linger: Duration,
) -> (
    mpsc::UnboundedSender<u32>,
    Departed,
    impl Future<Output = ()>,
) {
    let (sender, items) = mpsc::unbounded_channel();
    let departed = Departed::default();
    let station = Arc::clone(&departed);
    let limits = Limits { size: 10, linger };
    let gathering = gather(items, limits, move |batch, journey| {
        station.lock().expect("no panic").push((batch, journey));
    });
    (sender, departed, gathering)
}

fn in_time(work: impl Future<Output = ()>) {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async { timeout(TIME_LIMIT, work).await.expect("it hangs") });
}

fn sizes(departed: &Departed) -> Vec<usize> {
    let departed = departed.lock().expect("no panic");
    departed.iter().map(|(batch, _)| batch.len()).collect()
}

#[test]
fn batches_leave_when_they_are_full_and_at_the_end() {
    let (sender, departed, gathering) = gathering(FOR_EVER);
    (0..35).for_each(|item| sender.send(item).expect("open"));
    drop(sender);
    in_time(gathering);
    assert_eq!(sizes(&departed), [10, 10, 10, 5]);
    let all = mem::take(&mut *departed.lock().expect("no panic"));
    let items: Vec<u32> = all.into_iter().flat_map(|(batch, _)| batch).collect();
    assert_eq!(items, (0..35).collect::<Vec<_>>());
}

#[test]
fn a_lone_item_leaves_at_once_and_the_next_when_it_is_back() {
    let (sender, departed, gathering) = gathering(FOR_EVER);
    in_time(async {
        let gathering = tokio::spawn(gathering);
        sender.send(1).expect("open");
        wait_for(&departed, &[1]).await;
        // The first is on its journey: these two wait for one another ...
        sender.send(2).expect("open");
        sender.send(3).expect("open");
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(sizes(&departed), [1]);
        // ... until it is over.
        let (_, first) = departed.lock().expect("no panic").remove(0);
        drop(first);
        wait_for(&departed, &[2]).await;
        drop(sender);
        gathering.await.expect("no panic");
    });
}

#[test]
fn a_journey_that_never_ends_is_waited_for_as_long_as_the_linger() {
    let (sender, departed, gathering) = gathering(Duration::from_millis(2));
    in_time(async {
        tokio::spawn(gathering);
        sender.send(1).expect("open");
        wait_for(&departed, &[1]).await;
        sender.send(2).expect("open");
        wait_for(&departed, &[1, 1]).await;
    });
}

async fn wait_for(departed: &Departed, expected: &[usize]) {
    while sizes(departed) != expected {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[test]
fn no_line_is_lost_whatever_the_batch() {
    let server = Server::start(Config {
        delay: Duration::from_micros(300),
        table: Arc::new(Table::iana()),
        ..Config::default()
    })
    .expect("a server on loopback");
    for lines in [1, 63, 64, 65, 2_000] {
        let mut log = Vec::new();
        write_log(Workload::Cold, 1, lines, &mut log, &mut |_| true).expect("memory takes all");
        for batch in [1, 2, 64, 1_000_000] {
            let directory = Directory::at(server.address()).expect("an address");
            let input = Input::from_bytes(&[&log]).expect("a temporary file");
            let plan = Plan {
                batch,
                linger: FOR_EVER,
                ..Plan::default()
            };
            let report =
                s09_batch::run(&input, &directory, &plan, &Meter::new()).expect("readable");
            assert_eq!(report.lines(), lines, "batches of {batch}");
            let stats = directory.stats();
            assert_eq!(stats.keys, lines, "batches of {batch}");
            assert!(stats.requests <= stats.keys);
        }
    }
}
