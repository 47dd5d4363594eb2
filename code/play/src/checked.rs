//! The models once more, explored by stateright: what it finds must be what we found.

use std::collections::BTreeSet;

use stateright::{Checker, Model as Checkable, Property};

use crate::model::{Judged, Model, Next, State, Vars};

/// What stateright says of a version.
pub struct Checked {
    /// States that it met.
    pub states: usize,
    /// Steps of a way to a state in which a promise is broken; none if there is no such way.
    pub broken_after: Option<usize>,
    /// What should be possible, and is not.
    pub impossible: BTreeSet<&'static str>,
}

const KEPT: &str = "every promise is kept";

/// The page says of a bad end which promise is broken, and that the others hold.
const ONE: &str = "no two promises are broken at once";

/// Never found, so that the search goes on to the end.
const WHOLE: &str = "the search does not end early";

impl<V: Vars> Checkable for Model<V> {
    type State = State<V>;
    type Action = (usize, usize);

    fn init_states(&self) -> Vec<State<V>> {
        vec![self.first()]
    }

    fn actions(&self, state: &State<V>, actions: &mut Vec<(usize, usize)>) {
        actions.extend(self.next(state).iter().map(|next| (next.party, next.step)));
    }

    fn next_state(&self, state: &State<V>, (party, step): (usize, usize)) -> Option<State<V>> {
        Some(self.after(state, Next { party, step })?.0)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let kept = |model: &Self, state: &State<V>| model.judged(state) == Judged::Well;
        let mut properties = vec![
            Property::always(KEPT, kept),
            Property::always(ONE, |model, state| model.broken_promises(state) <= 1),
            Property::always(WHOLE, |_, _| true),
        ];
        // A property's condition is a function that remembers nothing, so each knows its own number.
        let seen: [fn(&Self, &State<V>) -> bool; 4] = [
            |model, state| (model.can_happen[0].1)(state),
            |model, state| (model.can_happen[1].1)(state),
            |model, state| (model.can_happen[2].1)(state),
            |model, state| (model.can_happen[3].1)(state),
        ];
        assert!(self.can_happen.len() <= seen.len(), "one more line above");
        for ((name, _), seen) in self.can_happen.iter().zip(seen) {
            properties.push(Property::sometimes(name, seen));
        }
        properties
    }
}

/// Explores the model.
pub fn check<V: Vars>(model: Model<V>) -> Checked {
    let wanted: BTreeSet<&str> = model.can_happen.iter().map(|(name, _)| *name).collect();
    let checker = model.checker().spawn_bfs().join();
    let found = checker.discoveries();
    assert!(!found.contains_key(WHOLE));
    assert!(!found.contains_key(ONE), "{ONE}");
    Checked {
        states: checker.unique_state_count(),
        broken_after: found.get(KEPT).map(|way| way.clone().into_actions().len()),
        impossible: (wanted.into_iter())
            .filter(|name| !found.contains_key(name))
            .collect(),
    }
}
