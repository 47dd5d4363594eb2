// The judge of `two-rivers`.

use std::process::ExitCode;

use drill::channel::bounded;
use drill::thread::{named, spawn};
use drill::{Promise, Verdict, schedules, trace};
use two_rivers::merge;

const TRIES: u64 = 300;

const PROMISES: &[Promise] = &[
    Promise {
        name: "it-ends-with-both",
        says: "Two rivers without any item are a river that ends.",
        check: it_ends_with_both,
    },
    Promise {
        name: "all-arrives",
        says: "Whatever comes into the two rivers, and when, all items arrive, each river's in its order.",
        check: all_arrives,
    },
    Promise {
        name: "it-has-a-bound",
        says: "While the receiver looks away, the senders wait: few items are on their way.",
        check: it_has_a_bound,
    },
    Promise {
        name: "senders-are-told",
        says: "When the receiver is dropped, both senders are told.",
        check: senders_are_told,
    },
];

fn it_ends_with_both() -> Verdict {
    schedules(TRIES, || {
        let (left, left_out) = bounded::<u32>(1);
        let (right, right_out) = bounded::<u32>(1);
        let merged = merge(left_out, right_out);
        drop(left);
        drop(right);
        match merged.recv() {
            Err(_) => Ok(()),
            Ok(item) => Err(format!("Expected: no item. There is {item}.")),
        }
    })
}

/// One source of both rivers, which sends so many items to each side in turn, and says where to; the items of the left are even.
fn arrived(turns: &'static [(u32, u32)]) -> Vec<u32> {
    let (left, left_out) = bounded(1);
    let (right, right_out) = bounded(1);
    let merged = merge(left_out, right_out);
    spawn(named("source", move || {
        let (mut even, mut odd) = (0, 1);
        for (to_left, to_right) in turns {
            for _ in 0..*to_left {
                trace::note(format!("will send {even} to the left"));
                let _ = left.send(even);
                even += 2;
            }
            for _ in 0..*to_right {
                trace::note(format!("will send {odd} to the right"));
                let _ = right.send(odd);
                odd += 2;
            }
        }
    }));
    merged.into_iter().collect()
}

fn expect_all(turns: &'static [(u32, u32)]) -> Result<(), String> {
    let arrived = arrived(turns);
    let (left, right): (Vec<u32>, Vec<u32>) = arrived.iter().partition(|item| **item % 2 == 0);
    let sent = |side: fn(&(u32, u32)) -> u32| turns.iter().map(side).sum::<u32>() as usize;
    let is_whole = left.len() == sent(|turn| turn.0) && right.len() == sent(|turn| turn.1);
    if is_whole && left.is_sorted() && right.is_sorted() {
        return Ok(());
    }
    Err(format!(
        "One source sends {} even items to the left and {} odd ones to the right. These arrived: {arrived:?}.",
        sent(|turn| turn.0),
        sent(|turn| turn.1)
    ))
}

fn all_arrives() -> Verdict {
    // Each of them alone, or a schedule would tell of several sources.
    schedules(TRIES, || expect_all(&[(2, 2)]))?;
    schedules(TRIES, || expect_all(&[(0, 5), (2, 0)]))?;
    schedules(TRIES, || expect_all(&[(5, 0), (0, 1), (1, 1)]))
}

/// Tries to send, until it has been told so many times that there is no room.
fn it_has_a_bound() -> Verdict {
    schedules(TRIES, || {
        let (left, left_out) = bounded(1);
        let (right, right_out) = bounded(1);
        let merged = merge(left_out, right_out);
        let mut sent = 0;
        for _ in 0..60 {
            sent += u32::from(left.try_send(0).is_ok()) + u32::from(right.try_send(1).is_ok());
            drill::thread::yield_now();
        }
        drop(merged);
        if sent <= 6 {
            return Ok(());
        }
        Err(format!(
            "Each channel holds one item, and the receiver looks away. Expected: 6 items at most can be sent. It were {sent}."
        ))
    })
}

fn senders_are_told() -> Verdict {
    schedules(TRIES, || {
        let (left, left_out) = bounded(1);
        let (right, right_out) = bounded(1);
        drop(merge(left_out, right_out));
        for (name, river) in [("left", left), ("right", right)] {
            let told = (0..10).any(|item| river.send(item).is_err());
            if !told {
                return Err(format!(
                    "The receiver has left. Expected: the {name} sender is told so, after an item or two. It has sent ten."
                ));
            }
        }
        Ok(())
    })
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
