// The judge of `lost-last-batch`.

use std::process::ExitCode;

use drill::channel::{Receiver, Sender, bounded, unbounded};
use drill::thread::{named, spawn};
use drill::{Promise, Verdict, schedules, trace};
use lost_last_batch::gather;

const TRIES: u64 = 1_000;
const SIZE: usize = 3;

const PROMISES: &[Promise] = &[
    Promise {
        name: "none-is-lost",
        says: "However many items there are, each departs once, and in order.",
        check: none_is_lost,
    },
    Promise {
        name: "no-batch-is-too-large",
        says: "No batch is empty, and none is larger than it may be.",
        check: no_batch_is_too_large,
    },
    Promise {
        name: "a-sender-that-waits-goes-on",
        says: "A sender that waits until its item has arrived is not kept waiting for a full batch.",
        check: a_sender_that_waits_goes_on,
    },
    Promise {
        name: "batches-are-filled",
        says: "When all items are there, they leave in as few batches as they can.",
        check: batches_are_filled,
    },
];

/// What departs when so many items are sent, some of them after the gatherer has begun.
fn departed(sent: u32) -> Vec<Vec<u32>> {
    let (items_in, items) = bounded(2);
    let sender = spawn(named("sender", move || {
        for item in 0..sent {
            // A gatherer that has left is found out by what is missing.
            let _ = items_in.send(item);
        }
    }));
    let gatherer = spawn(named("gatherer", move || gathered(&items)));
    sender.join().expect("the sender ends");
    gatherer.join().expect("the gatherer ends")
}

fn gathered(items: &Receiver<u32>) -> Vec<Vec<u32>> {
    let mut batches = Vec::new();
    gather(items, SIZE, |batch| {
        trace::note(format!("{batch:?} departs"));
        batches.push(batch);
    });
    batches
}

fn none_is_lost() -> Verdict {
    schedules(TRIES, || {
        for sent in [0, 1, 3, 4] {
            let all = departed(sent).concat();
            if all != (0..sent).collect::<Vec<_>>() {
                return Err(format!(
                    "Expected: {sent} items are sent, and depart in order. These departed: {all:?}."
                ));
            }
        }
        Ok(())
    })
}

fn no_batch_is_too_large() -> Verdict {
    schedules(TRIES, || {
        let batches = departed(5);
        match batches
            .iter()
            .find(|batch| !(1..=SIZE).contains(&batch.len()))
        {
            None => Ok(()),
            Some(batch) => Err(format!(
                "Expected: each batch has 1 to {SIZE} items. One of them is {batch:?}."
            )),
        }
    })
}

fn a_sender_that_waits_goes_on() -> Verdict {
    schedules(TRIES, || {
        let (items_in, items) = bounded(2);
        let (arrived, arrivals) = unbounded();
        let gatherer = spawn(named("gatherer", move || announce(&items, &arrived)));
        for item in 0..3 {
            let _ = items_in.send(item);
            if arrivals.recv() != Ok(item) {
                return Err(format!(
                    "Expected: item {item} arrives before the next is sent."
                ));
            }
        }
        drop(items_in);
        gatherer.join().expect("the gatherer ends");
        Ok(())
    })
}

fn announce(items: &Receiver<u32>, arrived: &Sender<u32>) {
    gather(items, SIZE, |batch| {
        for item in batch {
            let _ = arrived.send(item);
        }
    });
}

fn batches_are_filled() -> Verdict {
    schedules(TRIES, || {
        let (items_in, items) = unbounded();
        for item in 0..7 {
            items_in.send(item).expect("the receiver is there");
        }
        drop(items_in);
        let sizes: Vec<usize> = gathered(&items).iter().map(Vec::len).collect();
        if sizes == [3, 3, 1] {
            return Ok(());
        }
        Err(format!(
            "Expected: seven items that are there leave in batches of 3, 3 and 1. They left in batches of {sizes:?}."
        ))
    })
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
