//! Asked to leave: the controller of a pool waits for a worker to meet the end, and has asked all of them to leave.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "asked-to-leave",
    title: "Asked to leave",
    task: "The controller looks twice, and when it sees an idle worker it asks one to leave. A worker looks for such a \
           request after each item. You are the scheduler. Bring it about that the run never ends.",
    repair: "The controller keeps one worker, which will meet the end of the items and say so.",
    cure: "a controller that keeps one worker",
    instead: None,
    broken: || Box::new(model(include_str!("broken.rs"), false)),
    repaired: || Box::new(model(include_str!("repaired.rs"), true)),
};

const NAMES: [&str; 2] = ["Worker A", "Worker B"];
const ITEMS: u8 = 2;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    unsent: u8,
    is_open: bool,
    queue: u8,
    idle: u8,
    requests: u8,
    looks_left: u8,
    may_ask: u8,
    is_over: bool,
}

/// Where a worker stands.
const WAITS: usize = 1;
const LOOKS: usize = 2;
const TELLS: usize = 3;

fn model(file: &'static str, keeps_one: bool) -> Model<Vars> {
    Model {
        parties: vec![controller(file), worker(0, file), worker(1, file), items()],
        start: Vars {
            unsent: ITEMS,
            is_open: true,
            queue: 0,
            idle: 0,
            requests: 0,
            looks_left: 2,
            may_ask: if keeps_one { 1 } else { 2 },
            is_over: false,
        },
        shown: &[
            "items to come",
            "the channel",
            "items in it",
            "idle workers",
            "requests to leave",
            "looks left to the controller",
            "requests left to it",
            "the end was told",
        ],
        show: |vars| {
            vec![
                vars.unsent.to_string(),
                if vars.is_open { "open" } else { "closed" }.into(),
                vars.queue.to_string(),
                vars.idle.to_string(),
                vars.requests.to_string(),
                vars.looks_left.to_string(),
                vars.may_ask.to_string(),
                if vars.is_over { "yes" } else { "no" }.into(),
            ]
        },
        promises: vec![Promise {
            says: "no item is left when the controller ends",
            broken: "The controller has ended, and an item is left.",
            holds: |state| !state.are_done(&[0]) || state.vars.queue + state.vars.unsent == 0,
        }],
        stuck: "Both workers were asked to leave, and left. The controller waits for one to meet the end, and there is \
                none: the run never ends.",
        can_happen: vec![
            ("a worker leaves as it was asked to", |state| {
                state.are_done(&[1]) && !state.vars.is_over
            }),
            ("all are done", |state| state.are_done(&[0, 1, 2])),
        ],
    }
}

fn items() -> Party<Vars> {
    Party::<Vars>::fate("The reader", "It sends two items, and closes the channel.")
        .step(0, "", "sends an item", |vars| {
            vars.unsent -= 1;
            vars.queue += 1;
            to(usize::from(vars.unsent == 0), "The reader sends an item.")
        })
        .step(1, "", "closes the channel", |vars| {
            vars.is_open = false;
            to(DONE, "The reader closes the channel.")
        })
}

fn controller(file: &str) -> Party<Vars> {
    Party::<Vars>::new("The controller", file, "control")
        .step(0, "idle.load", "looks for idle workers", |vars| {
            vars.looks_left -= 1;
            let place = usize::from(vars.looks_left == 0);
            if vars.idle == 0 || vars.may_ask == 0 {
                return to(place, "The controller looks, and asks no worker.");
            }
            vars.requests += 1;
            vars.may_ask -= 1;
            to(
                place,
                "The controller sees an idle worker, and asks one to leave.",
            )
        })
        .step(1, "over.recv()", "hears of the end", |vars| {
            vars.is_over.then_some(())?;
            to(DONE, "The controller hears of the end, and is done.")
        })
}

fn worker(me: usize, file: &str) -> Party<Vars> {
    let name = NAMES[me];
    Party::<Vars>::new(name, file, "work")
        .step(0, "idle.fetch_add", "begins to wait", move |vars| {
            vars.idle += 1;
            to(WAITS, format!("{name} is idle."))
        })
        .step(WAITS, "items.recv()", "takes an item", move |vars| {
            vars.queue = vars.queue.checked_sub(1)?;
            vars.idle -= 1;
            to(LOOKS, format!("{name} takes an item."))
        })
        .step(WAITS, "items.recv()", "meets the end", move |vars| {
            if vars.queue > 0 || vars.is_open {
                return None;
            }
            vars.idle -= 1;
            to(TELLS, format!("{name} meets the end of the items."))
        })
        .step(
            LOOKS,
            "requests.try_recv",
            "looks for a request to leave",
            move |vars| {
                if vars.requests == 0 {
                    return to(0, format!("{name} is not asked to leave, and goes on."));
                }
                vars.requests -= 1;
                to(DONE, format!("{name} is asked to leave, and leaves."))
            },
        )
        .step(TELLS, "over_in.send", "says that it is over", move |vars| {
            vars.is_over = true;
            to(DONE, format!("{name} says that it is over, and ends."))
        })
}
