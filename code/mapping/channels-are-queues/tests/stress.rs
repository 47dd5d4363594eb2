//! Many senders and many receivers on our channel: each item arrives once, and everybody comes to an end.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use channels_are_queues::{Receiver, Sender, bounded, unbounded};

/// A lost wake-up is for ever, and a test is not.
const LIMIT: Duration = Duration::from_secs(60);

const THREADS: u64 = 4;
const ITEMS: u64 = 5_000;

#[test]
fn every_item_of_many_senders_reaches_one_of_many_receivers() {
    let (done, finished) = mpsc::channel();
    thread::spawn(move || {
        for capacity in [Some(0), Some(1), Some(7), None] {
            let sum = pass(capacity.map_or_else(unbounded, bounded));
            let all = THREADS * ITEMS;
            done.send((capacity, sum == all * (all - 1) / 2))
                .expect("the test waits");
        }
    });
    for _ in 0..4 {
        let (capacity, is_all) = finished.recv_timeout(LIMIT).expect("nobody waits for ever");
        assert!(is_all, "capacity {capacity:?}");
    }
}

/// The sum of what arrives. Half of the threads wait for ever, and half not longer than a moment at a time.
fn pass((sender, receiver): (Sender<u64>, Receiver<u64>)) -> u64 {
    for number in 0..THREADS {
        let sender = sender.clone();
        thread::spawn(move || {
            for item in number * ITEMS..(number + 1) * ITEMS {
                send(&sender, item, number % 2 == 0);
            }
        });
    }
    drop(sender);
    let receiving: Vec<_> = (0..THREADS)
        .map(|number| {
            let receiver = receiver.clone();
            thread::spawn(move || receive_all(&receiver, number % 2 == 0))
        })
        .collect();
    let sums = receiving
        .into_iter()
        .map(|thread| thread.join().expect("no panic"));
    sums.sum()
}

fn send(sender: &Sender<u64>, item: u64, is_patient: bool) {
    if is_patient {
        sender.send(item).expect("somebody receives");
    } else {
        while sender
            .send_timeout(item, Duration::from_micros(10))
            .is_err()
        {}
    }
}

fn receive_all(receiver: &Receiver<u64>, is_patient: bool) -> u64 {
    if is_patient {
        return receiver.iter().sum();
    }
    let mut sum = 0;
    loop {
        match receiver.recv_timeout(Duration::from_micros(10)) {
            Ok(item) => sum += item,
            Err(error) if error.is_disconnected() => return sum,
            Err(_) => {}
        }
    }
}

/// Of two senders at a rendezvous, the first gives up. Its place is free then, and the second has to learn of it.
#[test]
fn a_sender_that_gives_up_makes_room() {
    let (sender, receiver) = bounded(0);
    let other = sender.clone();
    let first = thread::spawn(move || other.send_timeout(1, Duration::from_millis(200)).is_err());
    thread::sleep(Duration::from_millis(50));
    thread::spawn(move || sender.send(2).expect("somebody receives"));
    assert!(first.join().expect("no panic"), "nobody has received yet");
    assert_eq!(receiver.recv_timeout(LIMIT), Ok(2));
}
