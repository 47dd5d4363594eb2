//! Lost update: two workers count the same route, and one count is gone.
//!
//! Every access is under the lock, so no data race is there to be found: what is wrong is that two accesses were meant
//! to be one.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "lost-update",
    title: "Lost update",
    task: "Two workers count one request each. You are the scheduler: you choose which worker takes the next step. \
           Bring it about that two requests are counted as one.",
    repair: "The count is read and written under one lock, so no other worker comes in between.",
    cure: "one lock around both steps",
    broken: || Box::new(broken()),
    repaired: || Box::new(repaired()),
};

/// The count, and what each worker has read of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    count: u8,
    seen: [Option<u8>; 2],
}

const NAMES: [&str; 2] = ["Worker A", "Worker B"];

fn model(worker: impl Fn(usize) -> Party<Vars>) -> Model<Vars> {
    Model {
        parties: vec![worker(0), worker(1)],
        start: Vars {
            count: 0,
            seen: [None; 2],
        },
        shown: &["the count", "A has read", "B has read"],
        show: |vars| {
            let seen = vars
                .seen
                .map(|seen| seen.map_or("nothing".into(), |seen| seen.to_string()));
            let [a, b] = seen;
            vec![vars.count.to_string(), a, b]
        },
        promises: vec![Promise {
            says: "no update is lost",
            broken: "Two requests came, and the count says 1. One update is lost.",
            holds: |state| !state.are_done(&[0, 1]) || state.vars.count == 2,
        }],
        stuck: "A worker waits in vain.",
        can_happen: vec![("both are counted", |state| state.vars.count == 2)],
    }
}

fn broken() -> Model<Vars> {
    model(|me| {
        let name = NAMES[me];
        Party::<Vars>::new(name, include_str!("broken.rs"), "count")
            .step(0, ".get(route)", "reads the count", move |vars| {
                vars.seen[me] = Some(vars.count);
                to(1, format!("{name} reads the count: {}.", vars.count))
            })
            .step(
                1,
                ".insert(route",
                "writes what it has read, plus one",
                move |vars| {
                    vars.count = vars.seen[me]? + 1;
                    to(DONE, format!("{name} writes {}.", vars.count))
                },
            )
    })
}

fn repaired() -> Model<Vars> {
    model(|me| {
        let name = NAMES[me];
        Party::<Vars>::new(name, include_str!("repaired.rs"), "count").step(
            0,
            ".entry(route)",
            "adds one, under the lock",
            move |vars| {
                vars.count += 1;
                to(DONE, format!("{name} makes it {}.", vars.count))
            },
        )
    })
}
