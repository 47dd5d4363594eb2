// The judge of `fencing-token`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use fencing_token::{Lessor, Store};

const PROMISES: &[Promise] = &[
    Promise {
        name: "the-holder-may-write-again",
        says: "The worker with the lease writes, and writes again, and the last result stands.",
        check: the_holder_may_write_again,
    },
    Promise {
        name: "numbers-grow",
        says: "Each lease of a range has a larger number than the one before, whichever worker gets it.",
        check: numbers_grow,
    },
    Promise {
        name: "a-late-writer-is-refused",
        says: "When the next worker has written, the one before is refused, as often as it tries.",
        check: a_late_writer_is_refused,
    },
    Promise {
        name: "ranges-apart",
        says: "A lease of one range does not shut another.",
        check: ranges_apart,
    },
];

fn the_holder_may_write_again() -> Verdict {
    let (mut lessor, mut store) = (Lessor::new(), Store::new());
    let lease = lessor.lease(7, 1);
    for result in ["half", "whole"] {
        if !store.write(lease, result) {
            return Err(format!(
                "Expected: the worker with the lease writes {result:?}. It was refused."
            )
            .into());
        }
    }
    expect_result(&store, "whole")
}

fn expect_result(store: &Store, expected: &str) -> Verdict {
    match store.read(7) {
        Some(result) if result == expected => Ok(()),
        other => {
            Err(format!("Expected: range 7 has the result {expected:?}. It has {other:?}.").into())
        }
    }
}

fn numbers_grow() -> Verdict {
    let mut lessor = Lessor::new();
    let mut last = lessor.lease(7, 1).number;
    for worker in [2, 1, 1, 3, 2] {
        let number = lessor.lease(7, worker).number;
        if number <= last {
            return Err(format!(
                "Range 7 is leased anew, to worker {worker}. Expected: a number larger than {last}. It is {number}."
            )
            .into());
        }
        last = number;
    }
    Ok(())
}

fn a_late_writer_is_refused() -> Verdict {
    let (mut lessor, mut store) = (Lessor::new(), Store::new());
    let slow = lessor.lease(7, 1);
    let next = lessor.lease(7, 2);
    // It is as if it had been faster.
    if !store.write(slow, "old") {
        return Err(
            "Worker 1 is declared dead and writes before the next one does. Expected: the store, which cannot know of it, accepts that."
                .into(),
        );
    }
    store.write(next, "new");
    for attempt in 1..=3 {
        if store.write(slow, "old") {
            return Err(format!(
                "Worker 2 has written, and worker 1 wakes up and writes, for the {attempt}. time. Expected: it is refused. It was not."
            )
            .into());
        }
        expect_result(&store, "new")?;
    }
    Ok(())
}

fn ranges_apart() -> Verdict {
    let (mut lessor, mut store) = (Lessor::new(), Store::new());
    let first = lessor.lease(7, 1);
    let other = lessor.lease(8, 2);
    store.write(other, "of range 8");
    if store.write(first, "of range 7") {
        return expect_result(&store, "of range 7");
    }
    Err("Range 8 was leased after range 7, and written. Expected: range 7 can still be written by its worker. It was refused.".into())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
