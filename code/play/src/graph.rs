//! All that can happen in one version of a play, as the page gets it.
//!
//! Texts are told once and referred to by their numbers: the same words come back in hundreds of states.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::counts::Counts;

/// One version, explored.
#[derive(Serialize)]
pub struct Graph {
    /// The parties, side by side.
    pub parties: Vec<Party>,
    /// The names of what they share, or have under way.
    pub shown: Vec<String>,
    /// What is promised, each with what is told when it is broken; the last is that no party waits for ever, unless
    /// all may.
    pub promises: Vec<[String; 2]>,
    /// What must be possible, and whether it is.
    #[serde(skip)]
    pub can_happen: Vec<(&'static str, bool)>,
    /// What positions refer to.
    pub texts: Vec<String>,
    /// The first is the beginning.
    pub positions: Vec<Position>,
    /// How many there are of each kind.
    pub counts: Counts,
    /// Which choices lead to the nearest bad end, from 0; empty if there is none.
    pub shortest: Vec<usize>,
}

/// One who takes steps.
#[derive(Serialize)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// Its lines.
    pub code: Vec<String>,
    /// What it may do, of one without code: a sentence.
    pub may: String,
}

/// Where a party stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stand {
    /// In front of that line.
    Line(usize),
    /// In front of that line, and it cannot go on now.
    Waits(usize),
    /// It has no code.
    Free,
    /// It has nothing more to do.
    Done,
}

/// One state.
#[derive(Serialize)]
pub struct Position {
    /// Where each party stands.
    pub at: Vec<Stand>,
    /// The values of what is shown, by their numbers among the texts.
    pub values: Vec<usize>,
    /// What can happen next.
    pub choices: Vec<Choice>,
    /// If nothing can.
    pub end: Option<End>,
}

/// How a play ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// Every promise is kept.
    Good,
    /// The promise of that number is broken.
    Bad(usize),
}

/// What can happen next.
#[derive(Serialize)]
pub struct Choice {
    /// The key that takes it: throughout a version a key is the same party's.
    pub key: usize,
    /// Whose step it is.
    pub party: usize,
    /// What it does, by its number among the texts: "reads the count".
    pub does: usize,
    /// What is told when it has happened, likewise.
    pub told: usize,
    /// Where it leads.
    pub to: usize,
}

impl Graph {
    /// The positions along the shortest way to a bad end, each with the choice that is taken there.
    pub fn shortest_way(&self) -> Vec<(&Position, &Choice)> {
        let mut way = Vec::new();
        let mut here = 0;
        for number in &self.shortest {
            let position = &self.positions[here];
            let choice = &position.choices[*number];
            way.push((position, choice));
            here = choice.to;
        }
        way
    }

    /// The numbers of the promises that a state breaks.
    pub fn broken_promises(&self) -> BTreeSet<usize> {
        (self.positions.iter())
            .filter_map(|position| match position.end {
                Some(End::Bad(promise)) => Some(promise),
                Some(End::Good) | None => None,
            })
            .collect()
    }

    /// What is told at the end of the shortest way; nothing if no end is bad.
    pub fn bad_end(&self) -> Option<&str> {
        let (_, last) = *self.shortest_way().last()?;
        match self.positions[last.to].end {
            Some(End::Bad(promise)) => Some(&self.promises[promise][1]),
            Some(End::Good) | None => None,
        }
    }
}
