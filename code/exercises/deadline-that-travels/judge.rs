// The judge of `deadline-that-travels`.

use std::cell::{Cell, RefCell};
use std::process::ExitCode;

use deadline_that_travels::{Outcome, Request, serve};
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "a-quick-answer",
        says: "What the store answers at once is the answer.",
        check: a_quick_answer,
    },
    Promise {
        name: "a-lost-answer-is-asked-for-again",
        says: "An answer that is lost is asked for again after 50 ms, three times in all.",
        check: a_lost_answer_is_asked_for_again,
    },
    Promise {
        name: "waiting-counts",
        says: "The store is told what is left of the caller's patience, without the time spent waiting here.",
        check: waiting_counts,
    },
    Promise {
        name: "nothing-is-asked-in-vain",
        says: "When the caller is not waiting any more, the store is not asked.",
        check: nothing_is_asked_in_vain,
    },
    Promise {
        name: "tries-share-the-time",
        says: "Several tries have the caller's time together, and not each of them.",
        check: tries_share_the_time,
    },
];

/// A machine with its own clock, and a store that answers after a while or never.
struct World {
    clock_ms: Cell<u64>,
    /// Each question's patience, in milliseconds.
    asked: RefCell<Vec<u64>>,
}

impl World {
    /// Serves a question that came some time ago; the store takes so long for each try.
    fn serve(clock_ms: u64, waited_ms: u64, left_ms: u64, takes_ms: &[u64]) -> (Outcome, World) {
        let world = World {
            clock_ms: Cell::new(clock_ms + waited_ms),
            asked: RefCell::default(),
        };
        let request = Request {
            client: 7,
            came_ms: clock_ms,
            left_ms,
        };
        let now_ms = || world.clock_ms.get();
        let mut store = |client, patience_ms| {
            let number = world.asked.borrow().len();
            world.asked.borrow_mut().push(patience_ms);
            let takes_ms = takes_ms.get(number).copied().unwrap_or(u64::MAX);
            let passed_ms = takes_ms.min(patience_ms);
            world.clock_ms.set(world.clock_ms.get() + passed_ms);
            (takes_ms <= patience_ms).then_some(client + 100)
        };
        let outcome = serve(request, &now_ms, &mut store);
        (outcome, world)
    }
}

/// Clocks of different machines are hours apart.
const CLOCKS_MS: [u64; 3] = [0, 1_000, 86_400_000];

fn expect(
    what: &str,
    (waited_ms, left_ms, takes_ms): (u64, u64, &[u64]),
    expected: Outcome,
    asked: &[u64],
) -> Verdict {
    for clock_ms in CLOCKS_MS {
        let (outcome, world) = World::serve(clock_ms, waited_ms, left_ms, takes_ms);
        let was_asked = world.asked.into_inner();
        if (outcome, &was_asked[..]) != (expected, asked) {
            return Err(format!(
                "{what}: the caller had {left_ms} ms when the question came, and it has waited here for {waited_ms} ms.\n\
                 Expected: {expected:?}, and the store is asked with a patience of {asked:?} ms.\n\
                 It is {outcome:?}, and the store was asked with {was_asked:?} ms. (The clock said {clock_ms} when the question came.)"
            )
            .into());
        }
    }
    Ok(())
}

fn a_quick_answer() -> Verdict {
    expect(
        "An answer after 3 ms",
        (0, 400, &[3]),
        Outcome::Answer(107),
        &[50],
    )
}

fn a_lost_answer_is_asked_for_again() -> Verdict {
    let never = u64::MAX;
    expect(
        "The second try answers",
        (0, 400, &[never, 3]),
        Outcome::Answer(107),
        &[50, 50],
    )?;
    expect(
        "No try answers",
        (0, 400, &[]),
        Outcome::Failed,
        &[50, 50, 50],
    )
}

fn waiting_counts() -> Verdict {
    expect(
        "An answer after 3 ms",
        (80, 100, &[3]),
        Outcome::Answer(107),
        &[20],
    )
}

fn tries_share_the_time() -> Verdict {
    expect("No answer", (0, 120, &[]), Outcome::TooLate, &[50, 50, 20])?;
    expect("No answer", (10, 70, &[]), Outcome::TooLate, &[50, 10])?;
    let never = u64::MAX;
    expect(
        "The last try answers",
        (0, 120, &[never, never, 20]),
        Outcome::Answer(107),
        &[50, 50, 20],
    )
}

fn nothing_is_asked_in_vain() -> Verdict {
    expect(
        "A question that was left lying",
        (500, 100, &[3]),
        Outcome::TooLate,
        &[],
    )?;
    expect(
        "A question that came too late",
        (0, 0, &[0]),
        Outcome::TooLate,
        &[],
    )
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
