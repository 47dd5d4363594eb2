//! The range that waits for itself: two processes that each write before they read, and buffers with an end.
//!
//! It is the full ring across a network: the buffers of one connection are its two channels.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "range-waits",
    title: "The range that waits for itself",
    task: "The coordinator hands out ranges, the worker sends back sums, and the connection holds one message each way. \
           You are the scheduler. Bring it about that each process waits until the other one reads.",
    repair: "To hand out a range takes a credit, and a sum brings it back: no more is under way than can be taken in.",
    cure: "credit",
    instead: None,
    broken: || Box::new(model(None)),
    repaired: || Box::new(model(Some(2))),
};

const RANGES: u8 = 4;
const SKETCH: &str = include_str!("sketch.txt");

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    to_hand_out: u8,
    credit: Option<u8>,
    to_worker: bool,
    to_coordinator: bool,
    merged: u8,
}

fn model(credit: Option<u8>) -> Model<Vars> {
    Model {
        parties: vec![coordinator(credit.is_some()), worker()],
        start: Vars {
            to_hand_out: RANGES,
            credit,
            to_worker: false,
            to_coordinator: false,
            merged: 0,
        },
        shown: &[
            "ranges to hand out",
            "credit",
            "on its way to the worker",
            "on its way to the coordinator",
            "sums merged",
        ],
        show: |vars| {
            vec![
                vars.to_hand_out.to_string(),
                vars.credit
                    .map_or("not needed".into(), |credit| credit.to_string()),
                if vars.to_worker { "a range" } else { "nothing" }.into(),
                if vars.to_coordinator {
                    "a sum"
                } else {
                    "nothing"
                }
                .into(),
                vars.merged.to_string(),
            ]
        },
        promises: vec![Promise {
            says: "every sum is merged",
            broken: "A sum is missing.",
            holds: |state| !state.are_done(&[0]) || state.vars.merged == RANGES,
        }],
        stuck: "The coordinator cannot write until the worker reads, and the worker cannot write until the coordinator \
                reads: a deadlock across two processes.",
        can_happen: vec![("all sums are merged", |state| state.vars.merged == RANGES)],
    }
}

fn coordinator(has_credit: bool) -> Party<Vars> {
    let hand_out = "Next::HandOut";
    let coordinator = Party::<Vars>::new(
        "The coordinator",
        SKETCH,
        if has_credit { "repaired" } else { "broken" },
    )
    .step(0, "match next()", "decides to hand out a range", |vars| {
        if vars.to_hand_out == 0 || vars.credit == Some(0) {
            return None;
        }
        vars.credit = vars.credit.map(|credit| credit - 1);
        vars.to_hand_out -= 1;
        to(1, "The coordinator decides to hand out a range.")
    })
    .step(0, "match next()", "reads a sum, and merges it", |vars| {
        vars.to_coordinator.then_some(())?;
        vars.to_coordinator = false;
        vars.merged += 1;
        vars.credit = vars.credit.map(|credit| credit + 1);
        let place = if vars.merged == RANGES { DONE } else { 0 };
        to(place, "The coordinator reads a sum, and merges it.")
    });
    coordinator.step(1, hand_out, "writes it to the worker", |vars| {
        (!vars.to_worker).then_some(())?;
        vars.to_worker = true;
        to(0, "The coordinator writes a range to the worker.")
    })
}

fn worker() -> Party<Vars> {
    Party::<Vars>::new("The worker", SKETCH, "worker")
        .step(0, "coordinator.read()", "reads a range", |vars| {
            vars.to_worker.then_some(())?;
            vars.to_worker = false;
            to(1, "The worker reads a range, and counts.")
        })
        .step(1, "coordinator.write(sum)", "writes its sum", |vars| {
            (!vars.to_coordinator).then_some(())?;
            vars.to_coordinator = true;
            to(0, "The worker writes its sum to the coordinator.")
        })
        .serving()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::Version;

    /// Two in the buffers, one in the worker's hands; a fourth is the one that waits.
    #[test]
    fn as_many_credits_as_there_are_places_and_both_wait() {
        let stuck_with = |credit| model(Some(credit)).explored().counts.bad_ends > 0;
        assert_eq!([1, 2, 3, 4].map(stuck_with), [false, false, false, true]);
    }
}
