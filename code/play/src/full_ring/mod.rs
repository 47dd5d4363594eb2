//! A full ring: two stages with bounded channels between them, in a circle.
//!
//! What is in such a circle can only move if a place in it is free. To keep one free is known from networks whose nodes
//! form a ring, as *bubble flow control*.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "full-ring",
    title: "A full ring",
    task: "Every answer is checked, and every line is sent back to be asked for once more. Each channel has one place. \
           You are the scheduler. Bring it about that the ring is full and nothing in it can move.",
    repair: "A line needs a permit to enter the ring, and there is one permit less than the ring has places.",
    cure: "permits for the ring",
    instead: None,
    broken: || Box::new(model(include_str!("broken.rs"), None)),
    repaired: || Box::new(model(include_str!("repaired.rs"), Some(PLACES - 1))),
};

/// Lines to read: enough to fill the ring.
const LINES: u8 = 4;

/// Two channels of one place, and the hands of two stages.
const PLACES: u8 = 4;

/// Lines are told apart by how often they were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    unread: u8,
    permits: Option<u8>,
    to_asker: Option<u8>,
    asker: Option<u8>,
    to_checker: Option<u8>,
    checker: Option<u8>,
    counted: u8,
}

fn model(file: &'static str, permits: Option<u8>) -> Model<Vars> {
    Model {
        parties: vec![reader(file, permits.is_some()), asker(file), checker(file)],
        start: Vars {
            unread: LINES,
            permits,
            to_asker: None,
            asker: None,
            to_checker: None,
            checker: None,
            counted: 0,
        },
        shown: &[
            "to be read",
            "permits left",
            "channel to the asker",
            "the asker holds",
            "channel to the checker",
            "the checker holds",
            "counted",
        ],
        show: |vars| {
            let tried = |line: Option<u8>| match line {
                None => "empty".to_owned(),
                Some(0) => "a new line".to_owned(),
                Some(tries) => format!(
                    "a line, asked for {}",
                    ["never", "once", "twice"][usize::from(tries)]
                ),
            };
            vec![
                vars.unread.to_string(),
                vars.permits
                    .map_or("not needed".into(), |left| left.to_string()),
                tried(vars.to_asker),
                tried(vars.asker),
                tried(vars.to_checker),
                tried(vars.checker),
                vars.counted.to_string(),
            ]
        },
        promises: vec![Promise {
            says: "every line is counted once",
            broken: "A line is missing.",
            holds: |state| !state.are_done(&[0, 1, 2]) || state.vars.counted == LINES,
        }],
        stuck: "Both stages hold a line that the other’s channel has no place for. Nothing in the ring can move: \
                a deadlock.",
        can_happen: vec![("all are counted", |state| state.vars.counted == LINES)],
    }
}

fn reader(file: &str, with_permits: bool) -> Party<Vars> {
    let mut reader = Party::<Vars>::new("The reader", file, "read");
    let sending = usize::from(with_permits);
    if with_permits {
        reader = reader.step(0, "permits.recv()", "takes a permit", |vars| {
            vars.permits = Some(vars.permits?.checked_sub(1)?);
            to(1, "The reader takes a permit.")
        });
    }
    reader.step(sending, "to_asker.send(0)", "sends a new line", |vars| {
        if vars.to_asker.is_some() {
            return None;
        }
        vars.to_asker = Some(0);
        vars.unread -= 1;
        let place = if vars.unread == 0 { DONE } else { 0 };
        to(place, "The reader sends a new line to the asker.")
    })
}

fn asker(file: &str) -> Party<Vars> {
    Party::<Vars>::new("The asker", file, "ask")
        .step(0, "lines.recv()", "takes a line, and asks", |vars| {
            vars.asker = Some(vars.to_asker.take()? + 1);
            to(1, "The asker takes a line, and has its answer.")
        })
        .step(0, "lines.recv()", "meets the end", |vars| {
            if vars.counted < LINES {
                return None;
            }
            to(DONE, "No line will come any more: the asker is done.")
        })
        .step(1, "to_checker.send", "sends it to the checker", |vars| {
            if vars.to_checker.is_some() {
                return None;
            }
            vars.to_checker = vars.asker.take();
            to(0, "The asker sends the answer to the checker.")
        })
}

fn checker(file: &str) -> Party<Vars> {
    Party::<Vars>::new("The checker", file, "check")
        .step(0, "answers.recv()", "takes an answer", |vars| {
            let tries = vars.to_checker.take()?;
            if tries < 2 {
                vars.checker = Some(tries);
                return to(
                    1,
                    "The checker takes an answer that has to be asked for again.",
                );
            }
            vars.counted += 1;
            vars.permits = vars.permits.map(|left| left + 1);
            let place = if vars.counted == LINES { DONE } else { 0 };
            to(place, "The checker takes an answer, and counts it.")
        })
        .step(
            1,
            "1 => to_asker.send",
            "sends it back to the asker",
            |vars| {
                if vars.to_asker.is_some() {
                    return None;
                }
                vars.to_asker = vars.checker.take();
                to(0, "The checker sends the line back to the asker.")
            },
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::Version;

    #[test]
    fn one_permit_more_fills_the_ring() {
        let repaired = include_str!("repaired.rs");
        let stuck_with = |permits| model(repaired, Some(permits)).explored().counts.bad_ends > 0;
        assert_eq!([1, 2, 3, 4].map(stuck_with), [false, false, false, true]);
    }
}
