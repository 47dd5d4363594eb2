//! Who leads: between the look into the cache and the boarding of a flight, another flight lands.

use crate::model::{DONE, Model, Party, Promise, to};
use crate::play::Play;

/// The play.
pub const PLAY: Play = Play {
    name: "who-leads",
    title: "Who leads?",
    task: "Two tasks want the holder of the same client. A task that boards when no flight is under way leads one, and \
           asks the directory. A task that boards later follows, and waits for the answer. You are the scheduler. Bring \
           it about that the directory is asked twice.",
    repair: "A leader looks into the cache once more: a flight that is over has left its answer there.",
    cure: "a leader that looks again",
    instead: None,
    broken: || Box::new(model(include_str!("broken.rs"), false)),
    repaired: || Box::new(model(include_str!("repaired.rs"), true)),
};

const NAMES: [&str; 2] = ["Task A", "Task B"];

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Vars {
    is_cached: bool,
    leader: Option<usize>,
    asked: u8,
}

/// Where a task stands.
const BOARDS: usize = 1;
const LEADS: usize = 2;
const ASKS: usize = 3;
const PUTS: usize = 4;
const LANDS: usize = 5;
const FOLLOWS: usize = 6;

fn model(file: &'static str, looks_again: bool) -> Model<Vars> {
    Model {
        parties: vec![task(0, file, looks_again), task(1, file, looks_again)],
        start: Vars {
            is_cached: false,
            leader: None,
            asked: 0,
        },
        shown: &["the cache", "flight under way", "the directory was asked"],
        show: |vars| {
            let cache = if vars.is_cached {
                "has the holder"
            } else {
                "is empty"
            };
            let flight = vars
                .leader
                .map_or("none".into(), |task| format!("led by {}", NAMES[task]));
            vec![
                cache.into(),
                flight,
                ["never", "once", "twice"][usize::from(vars.asked)].into(),
            ]
        },
        promises: vec![Promise {
            says: "the directory is asked once",
            broken: "The directory was asked twice for one client.",
            holds: |state| state.vars.asked < 2,
        }],
        stuck: "A task waits for a flight that never ends.",
        can_happen: vec![
            ("a task follows", |state| state.at.contains(&FOLLOWS)),
            ("both are done", |state| state.are_done(&[0, 1])),
        ],
    }
}

fn task(me: usize, file: &str, looks_again: bool) -> Party<Vars> {
    let name = NAMES[me];
    let begins = if looks_again { LEADS } else { ASKS };
    let mut task = Party::<Vars>::new(name, file, "want")
        .step(
            0,
            "if let Some(known)",
            "looks into the cache",
            move |vars| {
                if vars.is_cached {
                    return to(
                        DONE,
                        format!("{name} finds the holder in the cache, and is done."),
                    );
                }
                to(BOARDS, format!("{name} finds nothing in the cache."))
            },
        )
        .step(BOARDS, "flights.board", "boards a flight", move |vars| {
            if vars.leader.is_some() {
                return to(
                    FOLLOWS,
                    format!("A flight is under way already: {name} follows."),
                );
            }
            vars.leader = Some(me);
            to(begins, format!("No flight is under way: {name} leads one."))
        });
    if looks_again {
        task = task.step(
            LEADS,
            "if let Some(landed)",
            "looks into the cache again",
            move |vars| {
                if vars.is_cached {
                    return to(
                        LANDS,
                        format!("{name} finds the answer of a flight that is over."),
                    );
                }
                to(ASKS, format!("{name} finds nothing there."))
            },
        );
    }
    fetches(me, task)
}

/// What a leader does.
fn fetches(me: usize, task: Party<Vars>) -> Party<Vars> {
    let name = NAMES[me];
    task.step(ASKS, "directory.ask", "asks the directory", move |vars| {
        vars.asked += 1;
        to(
            PUTS,
            format!("{name} asks the directory, and has the answer."),
        )
    })
    .step(
        PUTS,
        "cache.insert",
        "puts the answer into the cache",
        move |vars| {
            vars.is_cached = true;
            to(LANDS, format!("{name} puts the answer into the cache."))
        },
    )
    .step(LANDS, "})", "ends its flight", move |vars| {
        vars.leader = None;
        to(DONE, format!("{name} ends its flight."))
    })
    .step(
        FOLLOWS,
        "seat.answer",
        "takes the leader’s answer",
        move |vars| {
            if vars.leader.is_some() {
                return None;
            }
            to(DONE, format!("{name} takes the leader’s answer."))
        },
    )
}
