//! Explores a version whole: from its beginning, nearest first, each state once.

use std::collections::HashMap;

use crate::counts::Counts;
use crate::graph::{Choice, End, Graph, Party, Position, Stand};
use crate::keys;
use crate::model::{DONE, Judged, Model, State, Vars};
use crate::ways;

/// More than this is no small model any more, and no page for a reader.
pub const STATES_MAX: usize = 5_000;

/// All that can happen.
///
/// # Panics
///
/// If there are more than [`STATES_MAX`] states.
pub fn explore<V: Vars>(model: &Model<V>) -> Graph {
    let mut found = Found::new(model);
    let mut at = 0;
    while at < found.states.len() {
        let position = found.position(at);
        found.positions.push(position);
        at += 1;
    }
    let seen = |seen: fn(&State<V>) -> bool| found.states.iter().any(seen);
    let can_happen = (model.can_happen.iter())
        .map(|(name, is)| (*name, seen(*is)))
        .collect();
    let Found {
        mut positions,
        texts,
        steps_to,
        from,
        ..
    } = found;
    keys::assign(&mut positions);
    let is_bad = |position: &Position| matches!(position.end, Some(End::Bad(_)));
    let nearest = (0..positions.len()).find(|number| is_bad(&positions[*number]));
    let (schedules, bad_schedules) = ways::schedules(&positions);
    let counts = Counts {
        schedules,
        bad_schedules,
        states: positions.len() as u64,
        bad_ends: positions.iter().filter(|one| is_bad(one)).count() as u64,
        shortest: nearest.map_or(0, |number| steps_to[number]),
    };
    let none_waits = model.none_waits();
    let shortest = nearest.map_or_else(Vec::new, |end| way(&from, end));
    Graph {
        parties: (model.parties.iter())
            .map(|party| Party {
                name: party.name.to_owned(),
                code: party.code.clone(),
                may: party.may.to_owned(),
            })
            .collect(),
        shown: model.shown.iter().map(|&name| name.to_owned()).collect(),
        promises: (model.promises.iter())
            .map(|promise| [promise.says, promise.broken].map(str::to_owned))
            .chain(none_waits.map(|says| [says, model.stuck.to_owned()]))
            .collect(),
        can_happen,
        texts: texts.all,
        positions,
        counts,
        shortest,
    }
}

/// The choices from the beginning to a state.
fn way(from: &[Option<(usize, usize)>], end: usize) -> Vec<usize> {
    let mut way = Vec::new();
    let mut here = end;
    while let Some((before, choice)) = from[here] {
        way.push(choice);
        here = before;
    }
    way.reverse();
    way
}

/// What has been found so far. States are numbered as they are met, so the nearest have the smallest numbers.
struct Found<'m, V> {
    model: &'m Model<V>,
    states: Vec<State<V>>,
    numbers: HashMap<State<V>, usize>,
    /// The state and the choice that first led to each.
    from: Vec<Option<(usize, usize)>>,
    steps_to: Vec<u64>,
    positions: Vec<Position>,
    texts: Texts,
}

impl<'m, V: Vars> Found<'m, V> {
    fn new(model: &'m Model<V>) -> Found<'m, V> {
        let first = model.first();
        Found {
            model,
            numbers: HashMap::from([(first.clone(), 0)]),
            states: vec![first],
            from: vec![None],
            steps_to: vec![0],
            positions: Vec::new(),
            texts: Texts::default(),
        }
    }

    /// Looks at a state, and notes those that follow it.
    fn position(&mut self, number: usize) -> Position {
        let state = self.states[number].clone();
        let next = self.model.next(&state);
        let mut choices = Vec::new();
        for one in &next {
            let Some((after, told)) = self.model.after(&state, *one) else {
                continue;
            };
            let does = self.model.parties[one.party].steps[one.step].does;
            choices.push(Choice {
                // Known when all that can happen is.
                key: 0,
                party: one.party,
                does: self.texts.number(does),
                told: self.texts.number(&told),
                to: self.number(after, (number, choices.len())),
            });
        }
        let end = match self.model.judged(&state) {
            Judged::Broken(promise) => Some(End::Bad(promise)),
            Judged::Stuck => Some(End::Bad(self.model.promises.len())),
            Judged::Well => choices.is_empty().then_some(End::Good),
        };
        let values = (self.model.show)(&state.vars);
        assert_eq!(
            values.len(),
            self.model.shown.len(),
            "a value for each name"
        );
        Position {
            at: stands(self.model, &state),
            values: values.iter().map(|text| self.texts.number(text)).collect(),
            choices,
            end,
        }
    }

    /// The number of a state, a new one if it has not been met.
    fn number(&mut self, state: State<V>, from: (usize, usize)) -> usize {
        if let Some(number) = self.numbers.get(&state) {
            return *number;
        }
        let number = self.states.len();
        assert!(number < STATES_MAX, "more than {STATES_MAX} states");
        self.numbers.insert(state.clone(), number);
        self.states.push(state);
        self.from.push(Some(from));
        self.steps_to.push(self.steps_to[from.0] + 1);
        number
    }
}

/// Where each party stands.
fn stands<V: Vars>(model: &Model<V>, state: &State<V>) -> Vec<Stand> {
    let possible = model.possible(state);
    let parties = model.parties.iter().zip(&state.at).enumerate();
    parties
        .map(|(number, (party, at))| {
            if *at == DONE {
                return Stand::Done;
            }
            let can_go_on = possible.iter().any(|next| next.party == number);
            let step = party.steps.iter().find(|step| step.at == *at);
            match step.and_then(|step| step.line) {
                Some(line) if can_go_on => Stand::Line(line),
                Some(line) => Stand::Waits(line),
                None => Stand::Free,
            }
        })
        .collect()
}

/// Texts, each once.
#[derive(Default)]
struct Texts {
    all: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Texts {
    fn number(&mut self, text: &str) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        self.all.push(text.to_owned());
        self.numbers.insert(text.to_owned(), self.all.len() - 1);
        self.all.len() - 1
    }
}
