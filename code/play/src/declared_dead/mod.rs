//! Declared dead: a worker that was only slow delivers after all, and so does the one that took its place.
//!
//! The cure is a number that grows with every owner of a range, and a coordinator that takes results of the newest owner
//! only: a *fencing token*.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "declared-dead",
    title: "Declared dead",
    task: "Worker A has the range. If it does not answer in time, it is declared dead, and worker B has the same range. \
           You are the scheduler, the clock, and the machine of worker A, which may die. Bring it about that the 3 hits \
           of the range are counted twice.",
    repair: "Each owner of a range has a number, and only a result with the newest number is merged: a fencing token.",
    cure: "a fencing token",
    instead: None,
    broken: || Box::new(model(false)),
    repaired: || Box::new(model(true)),
};

const HITS: u8 = 3;
const SKETCH: &str = include_str!("sketch.txt");
/// Whether a report counts: the program's own code.
const LEDGER: &str = include_str!("../../../network/n03-failure/src/ledger.rs");
/// Where the coordinator waits: for a sum, or for the end of its patience.
const RECEIVES: &str = "any.receive_within";
const A: usize = 0;
const B: usize = 1;

/// What is under way to and from each worker.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    ranges: [bool; 2],
    sums: [bool; 2],
    token: u8,
    a_is_dead: bool,
    total: u8,
}

fn model(fences: bool) -> Model<Vars> {
    Model {
        parties: vec![
            worker(A, "Worker A"),
            coordinator(fences),
            worker(B, "Worker B"),
            machine(),
        ],
        start: Vars {
            ranges: [false; 2],
            sums: [false; 2],
            token: 0,
            a_is_dead: false,
            total: 0,
        },
        shown: &[
            "range on its way to A",
            "sum on its way from A",
            "the machine of A",
            "range on its way to B",
            "sum on its way from B",
            "the newest token",
            "the total",
        ],
        show: |vars| {
            let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
            vec![
                yes(vars.ranges[A]),
                yes(vars.sums[A]),
                if vars.a_is_dead { "dead" } else { "runs" }.into(),
                yes(vars.ranges[B]),
                yes(vars.sums[B]),
                vars.token.to_string(),
                vars.total.to_string(),
            ]
        },
        promises: vec![Promise {
            says: "no range is merged twice",
            broken: "Worker A was slow and not dead. Both sums are merged: the total says 6, and there were 3 hits.",
            holds: |state| state.vars.total <= HITS,
        }],
        stuck: "The coordinator waits for ever.",
        can_happen: vec![
            ("a death is survived", |state| {
                state.vars.a_is_dead && state.vars.total == HITS
            }),
            ("worker A is slow, and B’s sum is merged", |state| {
                state.vars.sums[A] && state.vars.total == HITS && state.vars.token == 2
            }),
        ],
    }
}

/// The owner of token 1 is A, that of token 2 is B.
fn worker(me: usize, name: &'static str) -> Party<Vars> {
    let lives = move |vars: &Vars| (me != A || !vars.a_is_dead).then_some(());
    Party::<Vars>::new(name, SKETCH, "worker")
        .step(
            0,
            "coordinator.receive",
            "receives the range",
            move |vars| {
                lives(vars)?;
                vars.ranges[me].then_some(())?;
                vars.ranges[me] = false;
                to(
                    1,
                    format!("{name} receives the range, with token {}.", me + 1),
                )
            },
        )
        .step(1, "count(lines)", "counts", move |vars| {
            lives(vars)?;
            to(2, format!("{name} has counted 3 hits."))
        })
        .step(2, "coordinator.send", "sends its sum", move |vars| {
            lives(vars)?;
            vars.sums[me] = true;
            to(
                DONE,
                format!("{name} sends its sum, with token {}.", me + 1),
            )
        })
        .serving()
}

fn machine() -> Party<Vars> {
    Party::<Vars>::fate(
        "The machine of A",
        "It may die at any time, and worker A with it.",
    )
    .step(0, "", "dies", |vars| {
        vars.a_is_dead = true;
        to(DONE, "The machine of worker A dies, and worker A with it.")
    })
}

fn coordinator(fences: bool) -> Party<Vars> {
    let code = if fences { "fenced" } else { "naive" };
    let mut party = Party::<Vars>::new("The coordinator", SKETCH, "coordinator")
        .and(LEDGER, code)
        .step(0, "a.send", "gives the range to A", |vars| {
            vars.ranges[A] = true;
            vars.token = 1;
            to(
                1,
                "The coordinator gives the range to worker A, with token 1.",
            )
        })
        .step(1, RECEIVES, "declares A dead", |vars| {
            if vars.token == 2 {
                return None;
            }
            vars.token = 2;
            vars.ranges[B] = true;
            to(
                1,
                "No sum came in time: A is declared dead, and B has the range, with token 2.",
            )
        });
    for (from, does, name) in [(A, "receives A’s sum", "A"), (B, "receives B’s sum", "B")] {
        let is_valid = move |vars: &Vars| !fences || usize::from(vars.token) == from + 1;
        party = party
            .step(1, RECEIVES, does, move |vars| {
                vars.sums[from].then_some(())?;
                vars.sums[from] = false;
                if !is_valid(vars) {
                    return to(
                        1,
                        format!("Worker {name}’s sum has an old token: it is refused."),
                    );
                }
                merge(vars, name)
            })
            .step(2, RECEIVES, does, move |vars| {
                vars.sums[from].then_some(())?;
                vars.sums[from] = false;
                if fences {
                    return to(
                        2,
                        format!("Worker {name}’s sum is refused: the range is merged."),
                    );
                }
                merge(vars, name)
            });
    }
    party.serving()
}

fn merge(vars: &mut Vars, name: &str) -> Option<(usize, String)> {
    vars.total += HITS;
    to(
        2,
        format!(
            "Worker {name}’s sum is merged: the total is {}.",
            vars.total
        ),
    )
}
