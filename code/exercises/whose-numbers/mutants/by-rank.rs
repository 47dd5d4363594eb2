//! How often each route was asked for: a worker counts by number, and its dictionary has the number of each name.

use std::collections::HashMap;
use std::iter::zip;

/// What one worker has counted.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// The number of each route, in the order in which the worker met them.
    numbers: HashMap<String, usize>,
    /// By number.
    texts: Vec<String>,
    /// By number.
    hits: Vec<u64>,
}

impl Counts {
    /// No request was counted yet.
    pub fn new() -> Counts {
        Counts::default()
    }

    /// Counts one request for a route.
    pub fn count(&mut self, route: &str) {
        let number = self.number(route);
        self.hits[number] += 1;
    }

    /// The number of a route; one that is new gets the next.
    fn number(&mut self, route: &str) -> usize {
        if let Some(&number) = self.numbers.get(route) {
            return number;
        }
        let number = self.texts.len();
        self.numbers.insert(route.to_owned(), number);
        self.texts.push(route.to_owned());
        self.hits.push(0);
        number
    }

    /// Adds all that another worker has counted.
    pub fn merge(&mut self, other: Counts) {
        let ranked = |counts: &Counts| {
            let mut numbers: Vec<usize> = (0..counts.texts.len()).collect();
            numbers.sort_by(|a, b| counts.texts[*a].cmp(&counts.texts[*b]));
            numbers
        };
        let (ours, theirs) = (ranked(self), ranked(&other));
        for (rank, &their) in theirs.iter().enumerate() {
            let our = match ours.get(rank) {
                Some(&our) => our,
                None => self.number(&other.texts[their]),
            };
            self.hits[our] += other.hits[their];
        }
    }

    /// How many requests for a route were counted.
    pub fn of(&self, route: &str) -> u64 {
        let number = self.numbers.get(route);
        number.map_or(0, |&number| self.hits[number])
    }

    /// The routes and their counts, sorted by name.
    pub fn rows(&self) -> Vec<(&str, u64)> {
        let rows = zip(&self.texts, &self.hits);
        let mut rows: Vec<_> = rows.map(|(text, hits)| (text.as_str(), *hits)).collect();
        rows.sort_unstable();
        rows
    }
}
