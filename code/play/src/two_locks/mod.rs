//! Two locks: two workers that take the same two locks, each in its own order.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "two-locks",
    title: "Two locks",
    task: "Each worker needs both locks for a moment. You are the scheduler. Bring it about that neither worker can \
           ever go on.",
    repair: "Both workers take the locks in the same order: the first lock decides, and the second is then free.",
    cure: "one order of the locks",
    instead: None,
    broken: || Box::new(model(include_str!("broken.rs"), false)),
    repaired: || Box::new(model(include_str!("repaired.rs"), true)),
};

const NAMES: [&str; 2] = ["Worker A", "Worker B"];
const CACHE: usize = 0;
const TALLY: usize = 1;

/// Which worker has each lock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    holder: [Option<usize>; 2],
}

fn model(file: &'static str, in_one_order: bool) -> Model<Vars> {
    let other_order = if in_one_order {
        [CACHE, TALLY]
    } else {
        [TALLY, CACHE]
    };
    Model {
        parties: vec![
            worker(0, file, "publish", "*cache = *tally", [CACHE, TALLY]),
            worker(1, file, "collect", "*tally += *cache", other_order),
        ],
        start: Vars { holder: [None; 2] },
        shown: &["the cache’s lock", "the tally’s lock"],
        show: |vars| {
            let holder = vars
                .holder
                .map(|holder| holder.map_or("free", |worker| NAMES[worker]));
            holder.map(str::to_owned).to_vec()
        },
        promises: vec![Promise {
            says: "a lock has one holder",
            broken: "A worker works without its locks.",
            holds: |state| state.vars.holder.iter().flatten().count() <= 2,
        }],
        stuck: "Each worker has one lock and waits for the other. Neither will ever go on: a deadlock.",
        can_happen: vec![("both are done", |state| state.are_done(&[0, 1]))],
    }
}

fn worker(me: usize, file: &str, anchor: &str, work: &str, order: [usize; 2]) -> Party<Vars> {
    let name = NAMES[me];
    let mut party = Party::<Vars>::new(name, file, anchor);
    for (place, lock) in order.into_iter().enumerate() {
        let (line, does, what) = match lock {
            CACHE => ("cache.lock()", "takes the cache’s lock", "cache"),
            _ => ("tally.lock()", "takes the tally’s lock", "tally"),
        };
        party = party.step(place, line, does, move |vars| {
            if vars.holder[lock].is_some() {
                return None;
            }
            vars.holder[lock] = Some(me);
            to(place + 1, format!("{name} has the {what}’s lock."))
        });
    }
    party.step(2, work, "works, and gives both locks back", move |vars| {
        vars.holder = [None; 2];
        to(
            DONE,
            format!("{name} has worked, and gives both locks back."),
        )
    })
}
