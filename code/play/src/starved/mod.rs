//! Starved: a selector that looks left first, and a sender on the left that is quick enough.
//!
//! Nothing is wrong with any one step, and no state is a dead end. What is wrong is a circle: as long as the left sender
//! comes back in time, the right one waits. A model without circles cannot show that, so this one calls a letter starved
//! when it was passed over three times; that a circle is behind it is a test of its own.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "starved",
    title: "Starved",
    task: "One selector, two senders; each channel has one place. You are the scheduler. Bring it about that the letter \
           on the right is passed over three times: you have won although everything moves.",
    repair: "The selector looks first at the side that it did not take from last.",
    cure: "a selector that takes turns",
    instead: None,
    broken: || Box::new(model(include_str!("broken.rs"), false, LEFT)),
    repaired: || Box::new(model(include_str!("repaired.rs"), true, LEFT)),
};

/// Letters that the left sender has.
const LEFT: u8 = 4;

/// A letter is called starved when it was passed over so often.
const PASSED_MAX: u8 = 3;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    to_send: u8,
    left: bool,
    right: bool,
    passed: u8,
    taken: u8,
    looks_right_first: bool,
}

fn model(file: &'static str, is_fair: bool, letters: u8) -> Model<Vars> {
    Model {
        parties: vec![
            left_sender(),
            selector(file, is_fair, letters),
            right_sender(),
        ],
        start: Vars {
            to_send: letters,
            left: false,
            right: false,
            passed: 0,
            taken: 0,
            looks_right_first: false,
        },
        shown: &[
            "left letters to send",
            "channel on the left",
            "channel on the right",
            "right passed over",
            "letters taken",
            "looks first",
        ],
        show: |vars| {
            let channel = |is_full| if is_full { "a letter" } else { "empty" };
            vec![
                vars.to_send.to_string(),
                channel(vars.left).into(),
                channel(vars.right).into(),
                format!("{} times", vars.passed),
                vars.taken.to_string(),
                if vars.looks_right_first {
                    "right"
                } else {
                    "left"
                }
                .into(),
            ]
        },
        promises: vec![Promise {
            says: "no letter is passed over three times",
            broken: "The letter on the right was passed over three times, and nothing in the code would stop a fourth: \
                     it starves while all others are busy.",
            holds: |state| state.vars.passed < PASSED_MAX,
        }],
        stuck: "A letter is left.",
        can_happen: vec![
            ("the letter on the right is taken", |state| {
                state.at[2] == DONE && !state.vars.right
            }),
            ("it is passed over once", |state| state.vars.passed == 1),
        ],
    }
}

fn left_sender() -> Party<Vars> {
    Party::<Vars>::fate(
        "The left sender",
        "It may send a letter whenever its channel is empty.",
    )
    .step(0, "", "sends a letter", |vars| {
        if vars.left || vars.to_send == 0 {
            return None;
        }
        vars.left = true;
        vars.to_send -= 1;
        to(0, "The left sender sends a letter.")
    })
}

fn right_sender() -> Party<Vars> {
    Party::<Vars>::fate("The right sender", "It sends one letter, at any time.").step(
        0,
        "",
        "sends its one letter",
        |vars| {
            vars.right = true;
            to(DONE, "The right sender sends its letter.")
        },
    )
}

fn selector(file: &str, is_fair: bool, letters: u8) -> Party<Vars> {
    let looks = if is_fair {
        "if first.0"
    } else {
        "if left.try_recv"
    };
    Party::<Vars>::new("The selector", file, "choose").step(
        0,
        looks,
        "takes a letter",
        move |vars| {
            let takes_right = match (vars.left, vars.right) {
                (false, false) => return None,
                (true, true) => is_fair && vars.looks_right_first,
                (_, right) => right,
            };
            if takes_right {
                vars.right = false;
            } else {
                vars.left = false;
                vars.passed += u8::from(vars.right);
            }
            if is_fair && takes_right == vars.looks_right_first {
                vars.looks_right_first = !vars.looks_right_first;
            }
            vars.taken += 1;
            let place = if vars.taken == letters + 1 { DONE } else { 0 };
            let side = if takes_right { "right" } else { "left" };
            to(
                place,
                format!("The selector takes a letter from the {side}."),
            )
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Next, State};

    const SENDS_LEFT: Next = Next { party: 0, step: 0 };
    const TAKES: Next = Next { party: 1, step: 0 };
    const SENDS_RIGHT: Next = Next { party: 2, step: 0 };

    /// What is left of a state without what only counts.
    fn without_counters(mut state: State<Vars>) -> State<Vars> {
        state.vars.to_send = 0;
        state.vars.taken = 0;
        state.vars.passed = 0;
        state
    }

    /// Two steps lead back to where they began, and the right one waits: they could be taken for ever.
    fn has_circle(model: &Model<Vars>) -> bool {
        let after = |state: &State<Vars>, next| model.after(state, next).expect("it can happen").0;
        let waits = after(&model.first(), SENDS_RIGHT);
        let mut round = waits.clone();
        // The second round, for the fair selector has a memory.
        for _ in 0..2 {
            round = after(&after(&round, SENDS_LEFT), TAKES);
            if !round.vars.right {
                return false;
            }
        }
        without_counters(round) == without_counters(waits)
    }

    #[test]
    fn behind_the_starved_letter_is_a_circle() {
        assert!(has_circle(&model(include_str!("broken.rs"), false, LEFT)));
        assert!(!has_circle(&model(include_str!("repaired.rs"), true, LEFT)));
    }
}
