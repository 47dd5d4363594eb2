//! The letter in the store buffer: what a core has written is a message until the others can see it.
//!
//! Each core keeps its stores in a queue of its own before they reach the memory that all share. Where the queue is
//! first in, first out (x86), a flag cannot overtake the value that was written before it, but the compiler may still
//! exchange the two; elsewhere (Arm) the hardware may as well. The model has the reordering of stores only; that loads
//! are reordered, which `Acquire` forbids, it leaves out.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "store-buffer",
    title: "The letter in the store buffer",
    task: "One core writes a value and then a flag that says “it is there”. What it writes are letters in its store \
           buffer, and you deliver them. Bring it about that the reader sees the flag and not the value.",
    repair: "The flag is stored with Release: its letter is delivered behind all that were written before it.",
    cure: "a flag that is stored with Release",
    instead: None,
    broken: || Box::new(model(include_str!("broken.rs"), false)),
    repaired: || Box::new(model(include_str!("repaired.rs"), true)),
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Letter {
    Unwritten,
    Buffered,
    Delivered,
}
use Letter::{Buffered, Delivered, Unwritten};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    value: Letter,
    flag: Letter,
    read: Option<u8>,
}

fn model(file: &'static str, is_release: bool) -> Model<Vars> {
    Model {
        parties: vec![writer(file), buffer(is_release), reader(file)],
        start: Vars {
            value: Unwritten,
            flag: Unwritten,
            read: None,
        },
        shown: &[
            "letter with the value",
            "letter with the flag",
            "the reader has read",
        ],
        show: |vars| {
            let letter = |letter| match letter {
                Unwritten => "not written",
                Buffered => "in the store buffer",
                Delivered => "in memory",
            };
            let read = vars.read.map_or("nothing".into(), |read| read.to_string());
            vec![letter(vars.value).into(), letter(vars.flag).into(), read]
        },
        promises: vec![Promise {
            says: "a reader that sees the flag sees the value",
            broken: "The reader saw the flag, and read 0 where 7 was written first: the flag has overtaken the value.",
            holds: |state| state.vars.read != Some(0),
        }],
        stuck: "A core waits for ever.",
        can_happen: vec![("the value is read", |state| state.vars.read == Some(7))],
    }
}

fn writer(file: &str) -> Party<Vars> {
    Party::<Vars>::new("The writer", file, "write")
        .step(0, "value.store", "stores the value", |vars| {
            vars.value = Buffered;
            to(
                1,
                "The writer stores 7; the letter lies in its store buffer.",
            )
        })
        .step(1, "flag.store", "stores the flag", |vars| {
            vars.flag = Buffered;
            to(
                DONE,
                "The writer stores the flag; the letter lies in its store buffer.",
            )
        })
}

fn buffer(is_release: bool) -> Party<Vars> {
    let may = if is_release {
        "It delivers the flag’s letter only behind the value’s."
    } else {
        "It delivers letters in any order."
    };
    Party::<Vars>::fate("The store buffer", may)
        .step(0, "", "delivers the value", |vars| {
            (vars.value == Buffered).then_some(())?;
            vars.value = Delivered;
            to(0, "The value is in memory.")
        })
        .step(0, "", "delivers the flag", move |vars| {
            (vars.flag == Buffered && (!is_release || vars.value == Delivered)).then_some(())?;
            vars.flag = Delivered;
            to(0, "The flag is in memory.")
        })
}

fn reader(file: &str) -> Party<Vars> {
    Party::<Vars>::new("The reader", file, "read")
        .step(0, "flag.load", "loads the flag", |vars| {
            if vars.flag == Delivered {
                return to(1, "The reader loads the flag: it is set.");
            }
            to(
                DONE,
                "The reader loads the flag: it is not set, and the reader goes away.",
            )
        })
        .step(1, "value.load", "loads the value", |vars| {
            let value = if vars.value == Delivered { 7 } else { 0 };
            vars.read = Some(value);
            to(DONE, format!("The reader loads the value: {value}."))
        })
}
