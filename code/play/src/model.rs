//! What a model is made of: parties with steps, what they share, and what is promised.

use std::fmt::Debug;
use std::hash::Hash;

use crate::code;

/// What the steps of a model change. All of it is shown to the reader.
pub trait Vars: Clone + Debug + Eq + Hash + Send + Sync + 'static {}

impl<V: Clone + Debug + Eq + Hash + Send + Sync + 'static> Vars for V {}

/// The place of a party that has nothing more to do.
pub const DONE: usize = usize::MAX;

/// One version of a play.
pub struct Model<V> {
    /// The parties, side by side.
    pub parties: Vec<Party<V>>,
    /// What they begin with.
    pub start: V,
    /// What is shown of it: names, and values in the same order. Two states that look alike would be one to the reader,
    /// so nothing may be left out; a test compares.
    pub shown: &'static [&'static str],
    /// The values.
    pub show: fn(&V) -> Vec<String>,
    /// What must hold in every state.
    pub promises: Vec<Promise<V>>,
    /// What is told when no step is left and a party still waits.
    pub stuck: &'static str,
    /// What must be possible, or the model shows less than it should: a name, and how it is seen.
    pub can_happen: Vec<Sight<V>>,
}

/// What can be seen of a state: a name, and whether it is so.
pub type Sight<V> = (&'static str, fn(&State<V>) -> bool);

/// One who takes steps.
pub struct Party<V> {
    /// Its name, as a sentence begins with it.
    pub name: &'static str,
    /// Its lines; none for the network or the hardware.
    pub code: Vec<String>,
    /// What it may do, as a sentence; for one without lines.
    pub may: &'static str,
    /// Its steps, by place; several of one place are alternatives.
    pub steps: Vec<Step<V>>,
    /// Whether it may be left where it is when all others are done, as a network may.
    pub may_rest: bool,
}

/// What a step does to the variables, if it can happen now: where its party stands then, and what to tell.
type Effect<V> = dyn Fn(&mut V) -> Option<(usize, String)> + Send + Sync;

/// One step, which happens at once or not at all.
pub struct Step<V> {
    /// Where its party stands before it.
    pub at: usize,
    /// The line of the code, if the party has code.
    pub line: Option<usize>,
    /// What it does, as on a button: "reads the count".
    pub does: &'static str,
    /// Does it.
    pub effect: Box<Effect<V>>,
}

/// What must hold in every state.
pub struct Promise<V> {
    /// What it says: "no update is lost".
    pub says: &'static str,
    /// What is told when it is broken.
    pub broken: &'static str,
    /// Whether it holds.
    pub holds: fn(&State<V>) -> bool,
}

/// Where each party stands, and the variables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State<V> {
    /// The place of each party.
    pub at: Vec<usize>,
    /// What the steps change.
    pub vars: V,
}

impl<V> State<V> {
    /// Whether these parties have nothing more to do.
    pub fn are_done(&self, parties: &[usize]) -> bool {
        parties.iter().all(|party| self.at[*party] == DONE)
    }
}

/// A step that can happen now: whose it is, and which of that party's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// The party's number.
    pub party: usize,
    /// The step's number.
    pub step: usize,
}

/// How a state is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// Nothing is wrong.
    Well,
    /// That promise is broken.
    Broken(usize),
    /// No step is left, and a party waits.
    Stuck,
}

/// The party goes there, and this is told.
pub fn to(place: usize, told: impl Into<String>) -> Option<(usize, String)> {
    Some((place, told.into()))
}

impl<V: Vars> Party<V> {
    /// A party with code: the piece of that file with that mark.
    pub fn new(name: &'static str, file: &str, anchor: &str) -> Party<V> {
        Party {
            name,
            code: code::piece(file, anchor),
            may: "",
            steps: Vec::new(),
            may_rest: false,
        }
    }

    /// And, behind an empty line, another piece of its code: what the first one calls.
    pub fn and(mut self, file: &str, anchor: &str) -> Party<V> {
        self.code.push(String::new());
        self.code.extend(code::piece(file, anchor));
        self
    }

    /// A party that decides and has no code: a network, the memory, a clock. What it may do is shown in place of code. It
    /// may rest.
    pub fn fate(name: &'static str, may: &'static str) -> Party<V> {
        Party {
            name,
            code: Vec::new(),
            may,
            steps: Vec::new(),
            may_rest: true,
        }
    }

    /// It may be left where it stands when nothing else can happen: it serves.
    pub fn serving(mut self) -> Party<V> {
        self.may_rest = true;
        self
    }

    /// One more step, from that place, on the only line of the code with this in it (`""` for a party without code).
    ///
    /// # Panics
    ///
    /// If a step from the same place is on another line: the reader is shown one line that a party stands in front of.
    pub fn step(
        mut self,
        at: usize,
        line: &str,
        does: &'static str,
        effect: impl Fn(&mut V) -> Option<(usize, String)> + Send + Sync + 'static,
    ) -> Party<V> {
        let line = (!line.is_empty()).then(|| code::line_with(&self.code, line));
        let mut beside = self.steps.iter().filter(|step| step.at == at);
        assert!(
            beside.all(|step| step.line == line),
            "{}: `{does}` is on another line than what can happen beside it",
            self.name
        );
        self.steps.push(Step {
            at,
            line,
            does,
            effect: Box::new(effect),
        });
        self
    }
}

impl<V: Vars> Model<V> {
    /// Where it begins: each party at its first place.
    pub fn first(&self) -> State<V> {
        State {
            at: vec![0; self.parties.len()],
            vars: self.start.clone(),
        }
    }

    /// What can happen next. Nothing does once a promise is broken: the reader has won.
    pub fn next(&self, state: &State<V>) -> Vec<Next> {
        if self.broken_promise(state).is_some() {
            return Vec::new();
        }
        self.possible(state)
    }

    /// What could happen next, also after a promise is broken.
    pub fn possible(&self, state: &State<V>) -> Vec<Next> {
        let mut possible = Vec::new();
        for (number, party) in self.parties.iter().enumerate() {
            for step in 0..party.steps.len() {
                let next = Next {
                    party: number,
                    step,
                };
                if self.after(state, next).is_some() {
                    possible.push(next);
                }
            }
        }
        possible
    }

    /// The state after a step, and what is told of it; none if it cannot happen.
    pub fn after(&self, state: &State<V>, next: Next) -> Option<(State<V>, String)> {
        let step = &self.parties[next.party].steps[next.step];
        if step.at != state.at[next.party] {
            return None;
        }
        let mut after = state.clone();
        let (place, told) = (step.effect)(&mut after.vars)?;
        after.at[next.party] = place;
        Some((after, told))
    }

    /// Judges a state.
    pub fn judged(&self, state: &State<V>) -> Judged {
        match self.broken_promise(state) {
            Some(number) => Judged::Broken(number),
            None if self.is_stuck(state) => Judged::Stuck,
            None => Judged::Well,
        }
    }

    fn broken_promise(&self, state: &State<V>) -> Option<usize> {
        (self.promises.iter()).position(|promise| !(promise.holds)(state))
    }

    /// The promise that is every model's: that no party waits for ever. One that serves may be left waiting, and is named;
    /// none is made where all may.
    pub fn none_waits(&self) -> Option<String> {
        if self.parties.iter().all(|party| party.may_rest) {
            return None;
        }
        let serve = self.parties.iter();
        let serve = serve.filter(|party| party.may_rest && !party.code.is_empty());
        let names: Vec<String> = serve
            .map(|party| party.name.replace("The ", "the "))
            .collect();
        Some(match names.is_empty() {
            true => "no party waits for ever".into(),
            false => format!("no party but {} waits for ever", names.join(" and ")),
        })
    }

    /// How many promises a state breaks; the last is that no party waits for ever.
    #[cfg(test)]
    pub fn broken_promises(&self, state: &State<V>) -> usize {
        let broken = (self.promises.iter()).filter(|promise| !(promise.holds)(state));
        broken.count() + usize::from(self.is_stuck(state))
    }

    fn is_stuck(&self, state: &State<V>) -> bool {
        let mut parties = self.parties.iter().zip(&state.at);
        parties.any(|(party, at)| *at != DONE && !party.may_rest) && self.possible(state).is_empty()
    }
}
