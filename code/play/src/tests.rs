//! What is claimed of all plays, each explored twice: by us, and by stateright.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::graph::{End, Graph};
use crate::{PLAYS, Play};

/// A file that a page loads when a reader begins to play.
const FILE_BYTES_MAX: usize = 600_000;

fn versions() -> impl Iterator<Item = (&'static Play, &'static str, Graph, super::checked::Checked)>
{
    PLAYS.iter().flat_map(|play| {
        let broken = ("broken", (play.broken)());
        let repaired = ("repaired", (play.repaired)());
        [broken, repaired]
            .map(|(what, version)| (play, what, version.explored(), version.checked()))
    })
}

#[test]
fn a_promise_is_broken_in_the_broken_version_and_in_no_other() {
    for (play, what, graph, checked) in versions() {
        let name = play.name;
        assert_eq!(
            graph.counts.bad_ends > 0,
            what == "broken",
            "{name}, {what}: {:?}",
            graph.bad_end()
        );
        assert_eq!(
            checked.broken_after.is_some(),
            what == "broken",
            "{name}, {what}"
        );
        assert!(
            graph.counts.bad_schedules < graph.counts.schedules,
            "{name}, {what}: it can be done right"
        );
    }
}

#[test]
fn two_explorers_find_the_same() {
    for (play, what, graph, checked) in versions() {
        let name = play.name;
        assert_eq!(checked.states as u64, graph.counts.states, "{name}, {what}");
        // Its way is a way, and ours is the shortest.
        let theirs = checked.broken_after.unwrap_or(0) as u64;
        assert!(theirs >= graph.counts.shortest, "{name}, {what}: {theirs}");
        assert_eq!(checked.impossible, BTreeSet::new(), "{name}, {what}");
    }
}

/// The page shows where the parties stand and what they share. If two states looked alike and differed in what can
/// happen, a reader would be cheated; if they did not differ, they would be one.
#[test]
fn states_that_look_alike_are_one() {
    for (play, what, graph, _) in versions() {
        let looks: HashSet<_> = (graph.positions.iter())
            .map(|position| {
                let values = position.values.iter().map(|text| &graph.texts[*text]);
                (position.at.clone(), values.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(looks.len(), graph.positions.len(), "{}, {what}", play.name);
    }
}

#[test]
fn the_shortest_way_leads_to_a_bad_end() {
    for play in PLAYS {
        let graph = play.broken();
        let way = graph.shortest_way();
        assert_eq!(way.len() as u64, graph.counts.shortest, "{}", play.name);
        let (_, last) = way.last().expect("a way");
        assert!(
            matches!(graph.positions[last.to].end, Some(End::Bad(_))),
            "{}",
            play.name
        );
    }
}

/// What the text says of counts beside naming them.
#[test]
fn what_the_text_says_of_counts_is_so() {
    let counts = |name: &str| {
        let play = PLAYS.iter().find(|play| play.name == name).expect("a play");
        (play.broken().counts, play.repaired().counts)
    };
    // "Nothing that could happen has become impossible."
    let (broken, repaired) = counts("declared-dead");
    assert_eq!(broken.schedules, repaired.schedules);
    // "The repaired version has the same orders, and no others."
    let (broken, repaired) = counts("lost-update");
    assert_eq!(broken.schedules - broken.bad_schedules, repaired.schedules);
}

/// A reader has a finger on each party.
#[test]
fn a_key_is_the_same_partys_throughout() {
    for (play, what, graph, _) in versions() {
        let mut whose = HashMap::new();
        for position in &graph.positions {
            let keys: HashSet<_> = position.choices.iter().map(|choice| choice.key).collect();
            assert_eq!(keys.len(), position.choices.len(), "{}, {what}", play.name);
            for choice in &position.choices {
                assert!((1..=9).contains(&choice.key), "{}, {what}", play.name);
                let party = *whose.entry(choice.key).or_insert(choice.party);
                assert_eq!(party, choice.party, "{}, {what}", play.name);
            }
        }
        // None is left out.
        let most = whose.keys().max().expect("a key");
        assert_eq!(whose.len(), *most, "{}, {what}", play.name);
    }
}

/// What stands in a party's place on the board.
#[test]
fn a_party_has_code_or_says_what_it_may_do() {
    for (play, what, graph, _) in versions() {
        for party in &graph.parties {
            let name = &party.name;
            assert_ne!(
                party.code.is_empty(),
                party.may.is_empty(),
                "{}, {what}: {name}",
                play.name
            );
        }
    }
}

#[test]
fn no_two_choices_sound_alike() {
    for (play, what, graph, _) in versions() {
        for position in &graph.positions {
            let sounds: HashSet<_> = (position.choices.iter())
                .map(|choice| (choice.party, choice.does))
                .collect();
            assert_eq!(
                sounds.len(),
                position.choices.len(),
                "{}, {what}",
                play.name
            );
        }
    }
}

/// What `shown` leaves out cannot be played. Counts are printed: `cargo test -p play -- --nocapture`.
#[test]
fn each_is_small() {
    for (play, what, graph, _) in versions() {
        let bytes = serde_json::to_string(&graph).expect("plain data").len();
        println!("{}, {what}: {:?}, {bytes} bytes", play.name, graph.counts);
        assert!(bytes < FILE_BYTES_MAX, "{}, {what}: {bytes}", play.name);
    }
}
