//! Two generals: to agree on one decision over a network that may lose any message.
//!
//! There is no repair that keeps the promise and the network (Akkoyunlu, Ekanadham and Huber, 1975; Gray, 1978): whatever
//! message is the last one, its sender cannot know whether it arrived. The second version asks for less and is given more: one
//! general decides alone, and the network loses two of its messages at most.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::{Instead, Play};

/// The play.
pub const PLAY: Play = Play {
    name: "two-generals",
    title: "Two generals",
    task: "General A proposes to attack at dawn, and will attack if B confirms. B confirms, and will attack. You are the \
           network: you may lose any messenger. Bring it about that one general attacks alone.",
    repair: "No number of messages repairs the first promise. This one is less, since A is certain of nothing, and it \
             needs more: a network that loses two messengers at most.",
    cure: "one general who decides alone",
    instead: Some(Instead {
        name: "Another promise",
        task: "General A will attack, whatever it hears, and sends three messengers with the plan. You are the network: \
               you may lose two messengers. Try to keep the plan from B.",
    }),
    broken: || Box::new(broken()),
    repaired: || Box::new(repaired(2)),
};

const SKETCH: &str = include_str!("sketch.txt");

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Will {
    Open,
    Attacks,
    Stays,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    plans: u8,
    confirmed: u8,
    lost: u8,
    to_send: u8,
    a: Will,
    b: Will,
}

fn model(parties: Vec<Party<Vars>>, to_send: u8, promise: Promise<Vars>) -> Model<Vars> {
    Model {
        parties,
        start: Vars {
            plans: 0,
            confirmed: 0,
            lost: 0,
            to_send,
            a: Will::Open,
            b: Will::Open,
        },
        shown: &[],
        show: |_| Vec::new(),
        promises: vec![promise],
        stuck: "A general waits for ever.",
        can_happen: vec![
            ("both attack", |state| {
                state.vars.a == Will::Attacks && state.vars.b == Will::Attacks
            }),
            ("a messenger is lost", |state| state.vars.lost > 0),
        ],
    }
}

fn shown(will: Will) -> String {
    match will {
        Will::Open => "has not decided",
        Will::Attacks => "will attack",
        Will::Stays => "stays",
    }
    .to_owned()
}

fn broken() -> Model<Vars> {
    let a = Party::<Vars>::new("General A", SKETCH, "a")
        .step(0, "b.send", "sends the plan", |vars| {
            vars.plans += 1;
            vars.to_send -= 1;
            to(1, "General A sends a messenger with the plan.")
        })
        .step(1, "b.receive_until", "receives the confirmation", |vars| {
            vars.confirmed = vars.confirmed.checked_sub(1)?;
            vars.a = Will::Attacks;
            to(
                DONE,
                "General A hears that B will attack, and will attack, too.",
            )
        })
        .step(1, "b.receive_until", "sees the dawn", |vars| {
            vars.a = Will::Stays;
            to(
                DONE,
                "It is dawn, and no confirmation has come: general A stays.",
            )
        });
    let b = Party::<Vars>::new("General B", SKETCH, "b")
        .step(0, "a.receive()", "receives the plan", |vars| {
            vars.plans = vars.plans.checked_sub(1)?;
            to(1, "General B receives the plan.")
        })
        .step(1, "a.send", "confirms it", |vars| {
            vars.confirmed += 1;
            to(2, "General B sends a messenger with the confirmation.")
        })
        .step(2, "attack_at(dawn)", "prepares to attack", |vars| {
            vars.b = Will::Attacks;
            to(DONE, "General B has confirmed, and will attack.")
        })
        .serving();
    let promise = Promise::<Vars> {
        says: "no general attacks alone",
        broken: "General B attacks alone: it cannot know that its confirmation never arrived.",
        holds: |state| !(state.vars.a == Will::Stays && state.vars.b == Will::Attacks),
    };
    let network = network(u8::MAX, "It may lose any messenger that is under way.").step(
        0,
        "",
        "loses a confirmation",
        |vars| {
            vars.confirmed = vars.confirmed.checked_sub(1)?;
            vars.lost += 1;
            to(0, "The messenger with the confirmation is caught.")
        },
    );
    Model {
        shown: &[
            "plans under way",
            "confirmations under way",
            "messengers lost",
            "General A",
            "General B",
        ],
        show: |vars| {
            vec![
                vars.plans.to_string(),
                vars.confirmed.to_string(),
                vars.lost.to_string(),
                shown(vars.a),
                shown(vars.b),
            ]
        },
        ..model(vec![a, network, b], 1, promise)
    }
}

fn repaired(losses_max: u8) -> Model<Vars> {
    let a = Party::<Vars>::new("General A", SKETCH, "a-decides")
        .step(0, "decide_to_attack", "decides", |vars| {
            vars.a = Will::Attacks;
            to(1, "General A will attack, whatever it hears.")
        })
        .step(1, "b.send", "sends the plan", |vars| {
            vars.plans += 1;
            vars.to_send -= 1;
            let place = if vars.to_send == 0 { DONE } else { 1 };
            to(place, "General A sends a messenger with the plan.")
        });
    let b = Party::<Vars>::new("General B", SKETCH, "b-follows")
        .step(0, "a.receive()", "receives a plan", |vars| {
            vars.plans = vars.plans.checked_sub(1)?;
            vars.b = Will::Attacks;
            to(0, "General B receives the plan, and will attack.")
        })
        .serving();
    let promise = Promise::<Vars> {
        says: "when no messenger is left, both will attack",
        broken: "All messengers were caught: general A attacks alone.",
        holds: |state| {
            let vars = &state.vars;
            vars.to_send > 0 || vars.plans > 0 || vars.b == Will::Attacks
        },
    };
    let network = network(losses_max, "It may lose two messengers, and no more.");
    Model {
        shown: &[
            "A may still send",
            "plans under way",
            "messengers lost",
            "General A",
            "General B",
        ],
        show: |vars| {
            vec![
                vars.to_send.to_string(),
                vars.plans.to_string(),
                vars.lost.to_string(),
                shown(vars.a),
                shown(vars.b),
            ]
        },
        ..model(vec![a, network, b], 3, promise)
    }
}

fn network(losses_max: u8, may: &'static str) -> Party<Vars> {
    Party::<Vars>::fate("The network", may).step(0, "", "loses a plan", move |vars| {
        (vars.lost < losses_max).then_some(())?;
        vars.plans = vars.plans.checked_sub(1)?;
        vars.lost += 1;
        to(0, "The messenger with the plan is caught.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::Version;

    #[test]
    fn one_loss_more_and_a_attacks_alone() {
        let alone_with = |losses| repaired(losses).explored().counts.bad_ends > 0;
        assert_eq!([0, 1, 2, 3].map(alone_with), [false, false, false, true]);
    }
}
