//! A queue between threads: every item arrives once and in order, every thread wakes that has to, and when
//! one side is gone the other ends.
//!
//! Loom tries every schedule of these few operations. A wake-up that is lost is a deadlock in one of
//! them, and an item that is lost is a leak. Its clock stands still, so the timeouts are not in here.

use loom::model::Builder;
use loom::sync::Arc;
use loom::thread;
use proofs::weak as sync;

#[expect(dead_code, reason = "the channel's own tests use the rest")]
#[path = "../../mapping/channels-are-queues/src/handles.rs"]
mod handles;
#[path = "../../mapping/channels-are-queues/src/patience.rs"]
mod patience;
#[path = "../../mapping/channels-are-queues/src/queue.rs"]
mod queue;

use handles::{Sender, bounded, unbounded};

/// With three threads every schedule would be too many: all those with so many preemptions.
const PREEMPTIONS: usize = 2;

fn prove(model: impl Fn() + Sync + Send + 'static) {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(PREEMPTIONS);
    builder.check(model);
}

/// Two threads, and every schedule.
fn prove_all(model: impl Fn() + Sync + Send + 'static) {
    Builder::new().check(model);
}

#[test]
fn items_arrive_once_and_in_order() {
    let bounded_by_one = || bounded(1);
    for make in [bounded_by_one, unbounded] {
        prove_all(move || {
            let (sender, receiver) = make();
            thread::spawn(move || {
                for item in 0..3 {
                    sender.send(item).unwrap();
                }
            });
            let items: Vec<i32> = receiver.iter().collect();
            assert_eq!(items, [0, 1, 2]);
        });
    }
}

/// Two senders at a place for one, and both have to get in.
#[test]
fn nobody_waits_for_ever_at_the_door() {
    for capacity in [0, 1] {
        prove(move || {
            let (sender, receiver) = bounded(capacity);
            let other = sender.clone();
            thread::spawn(move || sender.send(1).unwrap());
            thread::spawn(move || other.send(2).unwrap());
            let mut items: Vec<i32> = receiver.iter().collect();
            items.sort_unstable();
            assert_eq!(items, [1, 2]);
        });
    }
}

// ANCHOR: full
/// A sender that waits for room may be called, and come too late: the place is taken again. It looks, and waits on.
#[test]
fn there_is_never_more_in_it_than_it_may_hold() {
    prove(|| {
        let (sender, receiver) = bounded(1);
        let other = sender.clone();
        thread::spawn(move || other.send(1).unwrap());
        thread::spawn(move || {
            sender.send(2).unwrap();
            sender.send(3).unwrap();
        });
        let mut sum = 0;
        while let Ok(item) = receiver.recv() {
            assert!(receiver.len() <= 1);
            sum += item;
        }
        assert_eq!(sum, 6);
    });
}
// ANCHOR_END: full

/// Two receivers, two items, and then no more: each ends, whichever got what.
#[test]
fn every_receiver_learns_of_the_end() {
    for capacity in [0, 1, 2] {
        prove(move || {
            let (sender, receiver) = bounded(capacity);
            let other = receiver.clone();
            let theirs = thread::spawn(move || other.iter().collect::<Vec<i32>>());
            let sending = thread::spawn(move || {
                sender.send(1).unwrap();
                sender.send(2).unwrap();
            });
            let mut items: Vec<i32> = receiver.iter().collect();
            items.extend(theirs.join().unwrap());
            items.sort_unstable();
            assert_eq!(items, [1, 2]);
            sending.join().unwrap();
        });
    }
}

// ANCHOR: gone
/// A sender that waits for room gets its item back when the last receiver goes.
#[test]
fn what_nobody_will_fetch_comes_back_or_is_dropped() {
    for capacity in [0, 1] {
        prove_all(move || {
            let (sender, receiver) = bounded(capacity);
            let item = Arc::new(());
            let sending = {
                let item = Arc::clone(&item);
                thread::spawn(move || {
                    let first = sender.send(Arc::clone(&item)).is_ok();
                    let second = sender.send(item).is_ok();
                    (first, second)
                })
            };
            let has_received = receiver.recv().is_ok();
            drop(receiver);
            let (first, _) = sending.join().unwrap();
            assert!(has_received && first);
            // Wherever the other one was, it is in no thread's hands any more.
            assert_eq!(Arc::strong_count(&item), 1);
        });
    }
}
// ANCHOR_END: gone

/// Who does not wait hands an item to one who does, and then it is received.
#[test]
fn a_rendezvous_without_patience_still_meets() {
    prove_all(|| {
        let (sender, receiver) = bounded(0);
        let receiving = thread::spawn(move || receiver.recv().ok());
        let has_met = sender.try_send(1).is_ok();
        drop(sender);
        assert_eq!(receiving.join().unwrap(), has_met.then_some(1));
    });
}

/// An item that holds a sender of the channel which it is in.
struct Item {
    _home: Option<Sender<Item>>,
}

/// What an item does when it is dropped is not done under the lock.
#[test]
fn an_item_may_hold_a_sender_of_its_own_channel() {
    prove_all(|| {
        let (sender, receiver) = bounded(1);
        let itself = sender.clone();
        let item = Item {
            _home: Some(itself),
        };
        assert!(sender.send(item).is_ok());
        let other = thread::spawn(move || drop(receiver));
        drop(sender.send(Item { _home: None }));
        other.join().unwrap();
    });
}

/// Of two receivers one does not wait, and takes what the other was called for: neither misses anything.
#[test]
fn a_call_is_a_hint_and_no_promise() {
    for capacity in [0, 1] {
        prove(move || {
            let (sender, receiver) = bounded(capacity);
            let other = receiver.clone();
            let waiting = thread::spawn(move || receiver.iter().sum::<i32>());
            let passing = thread::spawn(move || other.try_recv().unwrap_or(0));
            sender.send(1).unwrap();
            // A thread that does not wait hands it only to one that does.
            let second = i32::from(sender.try_send(1).is_ok());
            drop(sender);
            let received = waiting.join().unwrap() + passing.join().unwrap();
            assert_eq!(received, 1 + second);
        });
    }
}
