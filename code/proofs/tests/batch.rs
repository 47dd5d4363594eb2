//! Batches: no item is lost, the last one neither, and each rule alone keeps the others from waiting.

use std::future::Future;
use std::time::Duration;

use proofs::schedules::prove;
use proofs::sync;
use shuttle::future::{block_on, spawn, yield_now};
use shuttle::sync::{Arc, Mutex};
use sync::{mpsc, oneshot};

#[path = "../../evolution/s09-batch/src/batch.rs"]
mod batch;

use batch::{Journey, Limits, gather};

/// Schedules tried by each check; more have found nothing more.
const SCHEDULES: usize = 2_000;

/// A linger that may end at any time: the model's clock strikes as it likes.
const SOME_TIME: Duration = Duration::from_millis(1);

/// A linger that never ends.
const NEVER: Duration = Duration::MAX;

const PRODUCERS: usize = 2;
const ITEMS: usize = 3;

/// An item, and who waits until it has arrived.
type Item = (usize, oneshot::Sender<()>);

/// Runs producers, the gatherer and journeys until all have ended, and says what arrived in batches.
/// `finish` decides what becomes of a journey whose items have arrived.
fn run<F: Future<Output = ()> + Send + 'static>(
    (size, linger): (usize, Duration),
    finish: fn(Journey),
    produce: fn(usize, mpsc::UnboundedSender<Item>) -> F,
) -> Vec<Vec<usize>> {
    let arrived = Arc::new(Mutex::new(Vec::new()));
    let landing = Arc::clone(&arrived);
    block_on(async move {
        let (items_in, items) = mpsc::unbounded_channel();
        for producer in 0..PRODUCERS {
            spawn(produce(producer, items_in.clone()));
        }
        drop(items_in);
        let (alive, mut ended) = mpsc::unbounded_channel::<()>();
        gather(
            items,
            Limits { size, linger },
            |batch: Vec<Item>, journey| {
                let (landing, alive) = (Arc::clone(&landing), alive.clone());
                spawn(async move {
                    yield_now().await;
                    let (numbers, waiting): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
                    landing.lock().unwrap().push(numbers);
                    for sender in waiting {
                        // A producer that does not wait has dropped the other end.
                        let _ = sender.send(());
                    }
                    finish(journey);
                    drop(alive);
                });
            },
        )
        .await;
        drop(alive);
        while ended.recv().await.is_some() {}
    });
    let arrived = arrived.lock().unwrap();
    assert!(
        arrived
            .iter()
            .all(|batch| (1..=size).contains(&batch.len()))
    );
    let mut all: Vec<usize> = arrived.iter().flatten().copied().collect();
    all.sort_unstable();
    assert_eq!(all, (0..PRODUCERS * ITEMS).collect::<Vec<_>>());
    arrived.clone()
}

/// Sends without waiting.
async fn pour(producer: usize, items_in: mpsc::UnboundedSender<Item>) {
    for number in 0..ITEMS {
        let (sender, _) = oneshot::channel();
        let _ = items_in.send((producer * ITEMS + number, sender));
        yield_now().await;
    }
}

/// Sends one item, and the next when that has arrived: there are never enough to fill a batch.
async fn trickle(producer: usize, items_in: mpsc::UnboundedSender<Item>) {
    for number in 0..ITEMS {
        let (sender, arrived) = oneshot::channel();
        let _ = items_in.send((producer * ITEMS + number, sender));
        arrived.await.expect("a batch is lost");
    }
}

/// All rules at once, in any order of items, journeys, clock and end: each item arrives once.
#[test]
fn every_item_arrives_once() {
    prove(SCHEDULES, || {
        run((2, SOME_TIME), drop, pour);
        run((4, SOME_TIME), drop, trickle);
    });
}

/// The clock never strikes: what is left in a batch leaves when the journeys before it are over.
#[test]
fn when_nothing_is_under_way_nobody_waits() {
    prove(SCHEDULES, || {
        run((4, NEVER), drop, trickle);
    });
}

/// No journey is ever over: what is left in a batch leaves when the clock strikes.
#[test]
fn a_journey_that_never_ends_holds_nobody_up() {
    prove(SCHEDULES, || {
        run((4, SOME_TIME), std::mem::forget, trickle);
    });
}

/// The clock never strikes and no journey is ever over: the last batch leaves at the end.
#[test]
fn the_last_batch_leaves_at_the_end() {
    prove(SCHEDULES, || {
        run((4, NEVER), std::mem::forget, pour);
    });
}
