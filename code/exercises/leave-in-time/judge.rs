// The judge of `leave-in-time`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use leave_in_time::{GRACE_MS, Health, Next, Worker};

const PROMISES: &[Promise] = &[
    Promise {
        name: "what-was-begun-is-done",
        says: "A worker that is told to end stays until the ranges that it has taken are done, and then ends.",
        check: what_was_begun_is_done,
    },
    Promise {
        name: "nothing-more-is-taken",
        says: "Once it is told to end, it takes no range, and before that each one that it is offered.",
        check: nothing_more_is_taken,
    },
    Promise {
        name: "leaving-is-not-ready",
        says: "It says that it is ready until it is told to end, and from then on that it is leaving.",
        check: leaving_is_not_ready,
    },
    Promise {
        name: "the-grace-is-kept",
        says: "When the grace is over it ends, whatever is not done.",
        check: the_grace_is_kept,
    },
    Promise {
        name: "what-is-left-is-named",
        says: "When it ends early it names the ranges that it has taken and not done, and no others.",
        check: what_is_left_is_named,
    },
    Promise {
        name: "told-twice-is-at-once",
        says: "Told to end a second time, it ends at once; that is never later than the grace.",
        check: told_twice_is_at_once,
    },
];

/// A worker that has taken these ranges.
fn at_work(ranges: &[u32]) -> Worker {
    let mut worker = Worker::new();
    for &range in ranges {
        worker.offer(range);
    }
    worker
}

fn expect(next: Next, expected: Next, when: &str) -> Verdict {
    if next == expected {
        return Ok(());
    }
    Err(format!("{when} Expected: {expected:?}. It is {next:?}.").into())
}

fn what_was_begun_is_done() -> Verdict {
    let mut idle = Worker::new();
    expect(idle.next(100), Next::Stay, "A worker was not told to end.")?;
    idle.told_to_end(100);
    expect(
        idle.next(100),
        Next::End(Vec::new()),
        "A worker that has nothing to do is told to end.",
    )?;
    let mut worker = at_work(&[3, 5]);
    worker.told_to_end(1_000);
    expect(
        worker.next(1_000),
        Next::Stay,
        "A worker has taken ranges 3 and 5, and is told to end.",
    )?;
    worker.done(5);
    expect(
        worker.next(1_400),
        Next::Stay,
        "Range 5 is done after 400 ms.",
    )?;
    worker.done(3);
    expect(
        worker.next(1_700),
        Next::End(Vec::new()),
        "Range 3 is done after 700 ms, too.",
    )
}

fn nothing_more_is_taken() -> Verdict {
    let mut worker = Worker::new();
    if !worker.offer(1) || !worker.offer(2) {
        return Err(
            "A worker that was not told to end is offered ranges 1 and 2. Expected: it takes both. It did not.".into(),
        );
    }
    worker.told_to_end(1_000);
    if worker.offer(3) {
        return Err("A worker is told to end, and then offered range 3. Expected: it does not take it. It did.".into());
    }
    Ok(())
}

fn leaving_is_not_ready() -> Verdict {
    let mut worker = at_work(&[3]);
    let expect = |is: Health, expected: Health, when: &str| {
        if is == expected {
            return Ok(());
        }
        Err(format!("{when} Expected: {expected:?}. It says {is:?}."))
    };
    expect(worker.health(), Health::Ready, "A worker is at work.")?;
    worker.told_to_end(1_000);
    expect(
        worker.health(),
        Health::Leaving,
        "It is told to end, and range 3 is not done.",
    )?;
    Ok(())
}

fn the_grace_is_kept() -> Verdict {
    let mut worker = at_work(&[3, 5]);
    worker.told_to_end(1_000);
    worker.done(5);
    expect(
        worker.next(1_000 + GRACE_MS - 1),
        Next::Stay,
        "Range 3 is not done, and a millisecond of the grace is left.",
    )?;
    if worker.next(1_000 + GRACE_MS) == Next::Stay {
        return Err(
            "Range 3 is not done when the grace is over. Expected: the worker ends. It stays."
                .into(),
        );
    }
    Ok(())
}

fn what_is_left_is_named() -> Verdict {
    let mut worker = at_work(&[3, 5, 8]);
    worker.told_to_end(1_000);
    worker.done(5);
    expect(
        worker.next(1_000 + GRACE_MS),
        Next::End(vec![3, 8]),
        "A worker has taken ranges 3, 5 and 8, and has done 5 when the grace is over.",
    )
}

fn told_twice_is_at_once() -> Verdict {
    let mut worker = at_work(&[3]);
    worker.told_to_end(1_000);
    worker.next(1_500);
    worker.told_to_end(2_000);
    expect(
        worker.next(2_000),
        Next::End(vec![3]),
        "A worker with range 3 is told to end, and told again a second later.",
    )
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
