//! The combiner: what a worker counts by itself before anything is exchanged.
//!
//! It counts by numbers and where the log stands, as the parent's tally does. What differs is how it is emptied: as
//! parts, each for the worker that counts its row.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use traffic::directory::{Table, is_key};
use traffic::{Counts, Hit, Holder};

use crate::parts::Part;

/// The answers of a directory by number: those of its table, or what is known without one.
#[derive(Debug)]
pub struct Answers {
    table: Option<Table>,
    /// None for hits that are unresolved.
    holders: Vec<Option<Holder>>,
}

impl Answers {
    /// Those of a table; without one all hits are unresolved, but for clients that could be in none.
    pub fn of(table: Option<Table>) -> Answers {
        let holders = match &table {
            Some(table) => table.holders().iter().cloned().map(Some).collect(),
            None => vec![None, Some(Holder::unknown())],
        };
        Answers { table, holders }
    }

    /// The number of a client's holder.
    pub fn number(&self, client: &[u8]) -> usize {
        match &self.table {
            Some(table) => table.number(client),
            None => usize::from(!is_key(client)),
        }
    }

    /// The holder of a number.
    pub fn holder(&self, number: usize) -> Option<Holder> {
        self.holders[number].clone()
    }
}

/// The routes of one holder. Routes come from strangers, so the hash is seeded by chance.
type Routes = HashMap<Box<[u8]>, Counts, RandomState>;

// ANCHOR: combiner
/// Counts for each (holder, route), of one worker.
#[derive(Debug)]
pub struct Combiner<'a> {
    answers: &'a Answers,
    /// By the holder's number.
    routes: Vec<Routes>,
}

impl<'a> Combiner<'a> {
    /// Nothing counted yet.
    pub fn new(answers: &'a Answers) -> Combiner<'a> {
        let routes = answers.holders.iter().map(|_| Routes::default()).collect();
        Combiner { answers, routes }
    }

    /// Counts one hit.
    pub fn count(&mut self, hit: &Hit) {
        let routes = &mut self.routes[self.answers.number(hit.client)];
        match routes.get_mut(hit.route) {
            Some(counts) => counts.count(hit),
            None => routes.entry(hit.route.into()).or_default().count(hit),
        }
    }

    /// Takes out all that was counted, a part for each row.
    pub fn drain(&mut self) -> impl Iterator<Item = Part> {
        let answers = self.answers;
        let routes = self.routes.iter_mut().enumerate();
        routes.flat_map(move |(number, routes)| {
            routes.drain().map(move |(route, counts)| Part {
                holder: answers.holder(number),
                route: route.into_vec(),
                counts,
            })
        })
    }
}
// ANCHOR_END: combiner
