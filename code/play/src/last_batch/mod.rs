//! The last batch: the end of the items comes while a batch is half full.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "last-batch",
    title: "The last batch",
    task: "Items leave in batches of two, or when the gatherer has waited long enough. You are the scheduler, and the \
           clock too. Bring it about that an item is sent and never departs.",
    repair: "At the end the gatherer lets what it has depart, full or not.",
    cure: "a gatherer that empties its batch",
    instead: None,
    broken: || Box::new(model(include_str!("broken.rs"), false)),
    repaired: || Box::new(model(include_str!("repaired.rs"), true)),
};

/// Items that are sent: one more than a batch holds.
const ITEMS: u8 = 3;
const SIZE: u8 = 2;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    unsent: u8,
    is_open: bool,
    queue: u8,
    batch: u8,
    departed: u8,
}

/// Where the gatherer stands with a full batch, and after the end.
const FULL: usize = 1;
const OVER: usize = 2;

fn model(file: &'static str, has_last: bool) -> Model<Vars> {
    Model {
        parties: vec![sender(file), gatherer(file, has_last)],
        start: Vars {
            unsent: ITEMS,
            is_open: true,
            queue: 0,
            batch: 0,
            departed: 0,
        },
        shown: &[
            "to be sent",
            "the channel",
            "items in it",
            "items in the batch",
            "items departed",
        ],
        show: |vars| {
            let channel = if vars.is_open { "open" } else { "closed" };
            vec![
                vars.unsent.to_string(),
                channel.into(),
                vars.queue.to_string(),
                vars.batch.to_string(),
                vars.departed.to_string(),
            ]
        },
        promises: vec![Promise {
            says: "every item departs",
            broken: "The gatherer has ended with an item in its batch. That item never departs, and no error says so.",
            holds: |state| !state.are_done(&[0, 1]) || state.vars.departed == ITEMS,
        }],
        stuck: "A party waits for ever.",
        can_happen: vec![("all items depart", |state| state.vars.departed == ITEMS)],
    }
}

fn sender(file: &str) -> Party<Vars> {
    Party::<Vars>::new("The sender", file, "send")
        .step(0, "items_in.send", "sends an item", |vars| {
            vars.unsent -= 1;
            vars.queue += 1;
            to(usize::from(vars.unsent == 0), "The sender sends an item.")
        })
        .step(1, "drop(items_in)", "closes the channel", |vars| {
            vars.is_open = false;
            to(DONE, "The sender closes the channel.")
        })
}

fn gatherer(file: &str, has_last: bool) -> Party<Vars> {
    let gatherer = Party::<Vars>::new("The gatherer", file, "gather")
        .step(0, "items.recv_timeout", "takes an item", |vars| {
            vars.queue = vars.queue.checked_sub(1)?;
            vars.batch += 1;
            let place = if vars.batch == SIZE { FULL } else { 0 };
            to(
                place,
                format!("The gatherer takes an item; its batch has {}.", vars.batch),
            )
        })
        .step(0, "items.recv_timeout", "has waited long enough", |vars| {
            if vars.queue > 0 || !vars.is_open || vars.batch == 0 {
                return None;
            }
            vars.departed += vars.batch;
            vars.batch = 0;
            to(
                0,
                "The gatherer has waited long enough: its batch departs, half full.",
            )
        })
        .step(0, "items.recv_timeout", "meets the end", move |vars| {
            if vars.queue > 0 || vars.is_open {
                return None;
            }
            let place = if has_last { OVER } else { DONE };
            to(place, "The gatherer meets the end of the items.")
        })
        .step(
            FULL,
            "if batch.len() == SIZE",
            "lets the full batch depart",
            |vars| {
                vars.departed += vars.batch;
                vars.batch = 0;
                to(0, "A full batch departs.")
            },
        );
    if !has_last {
        return gatherer;
    }
    gatherer.step(
        OVER,
        "depart(batch)",
        "lets the last batch depart",
        |vars| {
            vars.departed += vars.batch;
            vars.batch = 0;
            to(DONE, "The last batch departs, full or not.")
        },
    )
}
