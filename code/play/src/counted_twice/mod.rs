//! Counted twice: an acknowledgement is lost, the sum is sent again, and merged again.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "counted-twice",
    title: "Counted twice",
    task: "A worker sends the sum of its range, 3 hits, and sends it once more if no acknowledgement comes. You are the \
           scheduler, and the network, which may lose a message. Bring it about that the total says 6.",
    repair: "The coordinator remembers which ranges it has merged. To merge one again changes nothing: the merge is \
             idempotent.",
    cure: "a coordinator that remembers",
    instead: None,
    broken: || Box::new(model(false)),
    repaired: || Box::new(model(true)),
};

const HITS: u8 = 3;
const SKETCH: &str = include_str!("sketch.txt");

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    /// Messages under way.
    sums: u8,
    acks: u8,
    tries_left: u8,
    is_merged: bool,
    total: u8,
}

fn model(remembers: bool) -> Model<Vars> {
    Model {
        parties: vec![worker(), network(), coordinator(remembers)],
        start: Vars {
            sums: 0,
            acks: 0,
            tries_left: 1,
            is_merged: false,
            total: 0,
        },
        shown: &[
            "sums under way",
            "acknowledgements under way",
            "tries left",
            "range 7 is merged",
            "the total",
        ],
        show: |vars| {
            vec![
                vars.sums.to_string(),
                vars.acks.to_string(),
                vars.tries_left.to_string(),
                if vars.is_merged { "yes" } else { "no" }.into(),
                vars.total.to_string(),
            ]
        },
        promises: vec![Promise {
            says: "no hit is counted twice (that each is counted is not promised)",
            broken: "The same sum was merged twice: the total says 6, and there were 3 hits.",
            holds: |state| state.vars.total <= HITS,
        }],
        stuck: "A party waits for ever.",
        can_happen: vec![
            ("the total is right", |state| state.vars.total == HITS),
            ("the worker is done, and nothing is counted", |state| {
                state.are_done(&[0]) && state.vars.total + state.vars.sums == 0 && state.at[2] == 0
            }),
        ],
    }
}

fn worker() -> Party<Vars> {
    Party::<Vars>::new("The worker", SKETCH, "worker")
        .step(0, "coordinator.send", "sends its sum", |vars| {
            vars.sums += 1;
            to(1, "The worker sends its sum: range 7, 3 hits.")
        })
        .step(1, "receive_within", "hears the acknowledgement", |vars| {
            vars.acks = vars.acks.checked_sub(1)?;
            to(
                DONE,
                "The worker hears that its sum has arrived, and is done.",
            )
        })
        .step(
            1,
            "receive_within",
            "stops waiting, to send again",
            |vars| {
                vars.tries_left = vars.tries_left.checked_sub(1)?;
                to(
                    0,
                    "No acknowledgement came in time: the worker will send its sum again.",
                )
            },
        )
        .step(1, "receive_within", "stops waiting, and gives up", |vars| {
            if vars.tries_left > 0 {
                return None;
            }
            to(
                DONE,
                "The worker gives up: whether its sum has arrived is unknown.",
            )
        })
}

fn network() -> Party<Vars> {
    Party::<Vars>::fate("The network", "It may lose any message that is under way.")
        .step(0, "", "loses a sum", |vars| {
            vars.sums = vars.sums.checked_sub(1)?;
            to(0, "The network loses a sum.")
        })
        .step(0, "", "loses an acknowledgement", |vars| {
            vars.acks = vars.acks.checked_sub(1)?;
            to(0, "The network loses an acknowledgement.")
        })
}

fn coordinator(remembers: bool) -> Party<Vars> {
    let (code, adds) = if remembers {
        ("repaired", "merged.insert")
    } else {
        ("broken", "total += hits")
    };
    Party::<Vars>::new("The coordinator", SKETCH, code)
        .step(0, "worker.receive()", "receives a sum", |vars| {
            vars.sums = vars.sums.checked_sub(1)?;
            to(1, "The coordinator receives a sum: range 7, 3 hits.")
        })
        .step(1, adds, "merges it", move |vars| {
            if remembers && vars.is_merged {
                return to(
                    2,
                    "The coordinator has merged range 7 before, and does not add it.",
                );
            }
            vars.is_merged = true;
            vars.total += HITS;
            to(
                2,
                format!("The coordinator adds 3: the total is {}.", vars.total),
            )
        })
        .step(2, "worker.send", "acknowledges it", |vars| {
            vars.acks += 1;
            to(0, "The coordinator sends an acknowledgement.")
        })
        .serving()
}
