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
    repair: "The count is read and written under one lock. A worker that comes in between waits for the lock.",
    cure: "one lock around both steps",
    instead: None,
    broken: || Box::new(broken()),
    repaired: || Box::new(repaired()),
};

/// The count, and what each worker has read of it, or which of them has the lock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    count: u8,
    seen: [Option<u8>; 2],
    holder: Option<usize>,
}

const NAMES: [&str; 2] = ["Worker A", "Worker B"];

fn model(
    worker: impl Fn(usize) -> Party<Vars>,
    shown: &'static [&'static str],
    show: fn(&Vars) -> Vec<String>,
) -> Model<Vars> {
    Model {
        parties: vec![worker(0), worker(1)],
        start: Vars {
            count: 0,
            seen: [None; 2],
            holder: None,
        },
        shown,
        show,
        promises: vec![Promise {
            says: "no update is lost",
            broken: "Two requests came, and the count says 1. One update is lost.",
            holds: |state| !state.are_done(&[0, 1]) || state.vars.count == 2,
        }],
        stuck: "A worker waits for ever.",
        can_happen: vec![("both are counted", |state| state.vars.count == 2)],
    }
}

fn broken() -> Model<Vars> {
    let worker = |me| {
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
    };
    model(worker, &["the count", "A has read", "B has read"], |vars| {
        let seen = |seen: Option<u8>| seen.map_or("nothing".into(), |seen| seen.to_string());
        let [a, b] = vars.seen.map(seen);
        vec![vars.count.to_string(), a, b]
    })
}

fn repaired() -> Model<Vars> {
    let worker = |me| {
        let name = NAMES[me];
        Party::<Vars>::new(name, include_str!("repaired.rs"), "count")
            .step(0, "counts.lock()", "takes the lock", move |vars| {
                if vars.holder.is_some() {
                    return None;
                }
                vars.holder = Some(me);
                to(1, format!("{name} has the lock."))
            })
            .step(
                1,
                ".entry(route)",
                "adds one, and gives the lock back",
                move |vars| {
                    vars.count += 1;
                    vars.holder = None;
                    to(
                        DONE,
                        format!("{name} makes it {}, and gives the lock back.", vars.count),
                    )
                },
            )
    };
    model(worker, &["the count", "the lock"], |vars| {
        let holder = vars.holder.map_or("free", |worker| NAMES[worker]);
        vec![vars.count.to_string(), holder.into()]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Stand;
    use crate::version::Version;

    /// What the reader is to see of the repair.
    #[test]
    fn a_worker_waits_for_the_lock() {
        let positions = repaired().explored().positions;
        let mut stands = positions.iter().flat_map(|position| &position.at);
        assert!(stands.any(|stand| matches!(stand, Stand::Waits(_))));
    }
}
