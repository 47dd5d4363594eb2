//! Old and new: a message has a new field, and a process that does not know it skips it.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "old-and-new",
    title: "Old and new",
    task: "The new coordinator asks for the errors of two ranges: there is 1 in each. An old worker does not know that \
           field, skips it, and counts all 5 hits. You are the scheduler, and the operator, who may install the new \
           worker at any time. Bring it about that the total is wrong.",
    repair: "The message names its version, and a worker that does not know it refuses it.",
    cure: "a version in each message",
    instead: None,
    broken: || Box::new(model(false)),
    repaired: || Box::new(model(true)),
};

const SKETCH: &str = include_str!("sketch.txt");
const RANGES: u8 = 2;
const ERRORS: u8 = 1;
const HITS: u8 = 5;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    ranges_left: u8,
    request: bool,
    answer: Option<u8>,
    is_refused: bool,
    is_new: bool,
    total: u8,
}

fn model(names_version: bool) -> Model<Vars> {
    Model {
        parties: vec![
            coordinator(names_version),
            worker(names_version),
            operator(),
        ],
        start: Vars {
            ranges_left: RANGES,
            request: false,
            answer: None,
            is_refused: false,
            is_new: false,
            total: 0,
        },
        shown: &[
            "ranges left",
            "request under way",
            "answer under way",
            "the worker’s version",
            "the total",
        ],
        show: |vars| {
            let answer = match vars.answer {
                Some(count) => count.to_string(),
                None if vars.is_refused => "refused".into(),
                None => "none".into(),
            };
            vec![
                vars.ranges_left.to_string(),
                if vars.request { "only errors" } else { "none" }.into(),
                answer,
                if vars.is_new { "2" } else { "1" }.into(),
                vars.total.to_string(),
            ]
        },
        promises: vec![Promise {
            says: "the total has errors only",
            broken: "The total has hits that are no errors, and no party has noticed.",
            holds: |state| state.vars.total <= RANGES * ERRORS,
        }],
        stuck: "The coordinator waits for ever.",
        can_happen: vec![("the total is right", |state| {
            state.vars.total == RANGES * ERRORS
        })],
    }
}

fn coordinator(names_version: bool) -> Party<Vars> {
    let code = if names_version {
        "careful"
    } else {
        "coordinator"
    };
    let coordinator = Party::<Vars>::new("The coordinator", SKETCH, code)
        .step(0, "worker.send", "asks for the errors of a range", |vars| {
            vars.request = true;
            vars.ranges_left -= 1;
            to(1, "The coordinator asks for the errors of a range.")
        })
        .step(1, "worker.receive()", "adds the answer", |vars| {
            let count = vars.answer.take()?;
            vars.total += count;
            let place = if vars.ranges_left == 0 { DONE } else { 0 };
            to(
                place,
                format!("The coordinator adds {count}: the total is {}.", vars.total),
            )
        });
    if !names_version {
        return coordinator;
    }
    coordinator
        .step(1, "worker.receive()", "hears that it is refused", |vars| {
            vars.is_refused.then_some(())?;
            vars.is_refused = false;
            vars.ranges_left += 1;
            to(2, "The worker has refused: the coordinator keeps the range, and waits for a new worker.")
        })
        .step(2, "wait_for_version", "meets the new worker", |vars| {
            vars.is_new.then_some(())?;
            to(0, "The worker is new now: the coordinator goes on.")
        })
}

fn worker(names_version: bool) -> Party<Vars> {
    Party::<Vars>::new("The worker", SKETCH, "worker")
        .step(
            0,
            "coordinator.receive()",
            "answers as version 1",
            move |vars| {
                (vars.request && !vars.is_new).then_some(())?;
                vars.request = false;
                if names_version {
                    vars.is_refused = true;
                    return to(0, "The old worker does not know version 2, and refuses.");
                }
                vars.answer = Some(HITS);
                to(
                    0,
                    "The old worker skips the field that it does not know, and counts 5 hits.",
                )
            },
        )
        .step(0, "coordinator.receive()", "answers as version 2", |vars| {
            (vars.request && vars.is_new).then_some(())?;
            vars.request = false;
            vars.answer = Some(ERRORS);
            to(0, "The new worker counts 1 error.")
        })
        .serving()
}

fn operator() -> Party<Vars> {
    Party::<Vars>::fate(
        "The operator",
        "The operator may install the new worker at any time.",
    )
    .step(0, "", "installs the new worker", |vars| {
        vars.is_new = true;
        to(DONE, "The operator installs the new worker.")
    })
}
