//! Which key takes which step.
//!
//! A reader whose finger is on a key looks at the board. So a key is one party's throughout a version, also when steps with
//! smaller numbers can no longer happen; and a step has the same key each time.

use std::collections::BTreeMap;

use crate::graph::Position;

/// Gives all choices their keys, from 1: each party has as many as it has steps that can happen at the same time.
pub fn assign(positions: &mut [Position]) {
    let slots = slots(positions);
    let mut first_of = BTreeMap::new();
    let mut free = 1;
    for ((party, _), slot) in &slots {
        let first: usize = *first_of.entry(*party).or_insert(free);
        free = free.max(first + slot + 1);
    }
    for choice in positions.iter_mut().flat_map(|one| &mut one.choices) {
        choice.key = first_of[&choice.party] + slots[&(choice.party, choice.does)];
    }
}

/// Which of its party's keys each step has, from 0: another one than all that can happen beside it.
fn slots(positions: &[Position]) -> BTreeMap<(usize, usize), usize> {
    let mut beside: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for Position { choices, .. } in positions {
        for choice in choices {
            let others = choices.iter().filter(|other| other.party == choice.party);
            let known = beside.entry((choice.party, choice.does)).or_default();
            known.extend(others.map(|other| other.does));
        }
    }
    let mut slots = BTreeMap::new();
    for ((party, does), others) in &beside {
        let is_taken =
            |slot: &usize| (others.iter()).any(|other| slots.get(&(*party, *other)) == Some(slot));
        let free = (0..).find(|slot| !is_taken(slot)).expect("one is free");
        slots.insert((*party, *does), free);
    }
    slots
}
