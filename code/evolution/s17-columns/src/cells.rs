//! What a worker has counted: an array with a cell for each (route, holder).
//!
//! A report knows a holder by its name and a route by its bytes, because it outlives everything else. While a worker
//! counts, both are numbers: of the table's holders, and of the worker's own dictionary of routes.
//!
//! An array for all pairs is as large as the pairs that there could be: with many holders and many routes far
//! larger than the pairs that there are. So only the first routes have a row in it, as many as fit a limit, and
//! the popular ones come early. The cells of all others are found by a hash. The limit is one for all workers
//! together, since each has an array, and not more pairs to put there if there are more workers.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use traffic::directory::Table;
use traffic::{Answer, Counts, Holder, Report, Unresolved};

use crate::routes::Routes;

/// The cells of all workers' arrays, at most: 16 MiB.
pub const CELLS_MAX: usize = 1 << 20;

/// The hits after which a worker has to add what it has to its report, long before a cell could overflow.
const HITS_MAX: u32 = 1 << 31;

/// What is counted for one pair. Half of what the report keeps, so twice as many fit a cache.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    hits: u32,
    errors: u32,
    bytes: u64,
}

/// Counts for each (route, holder) under one version of the table, or under none.
#[derive(Debug)]
pub struct Tally {
    version: Option<u64>,
    /// By their number in that version.
    holders: Vec<Answer>,
    cells_max: usize,
    rows: Vec<Cell>,
    /// Those of the other routes.
    others: HashMap<(u32, u32), Cell, RandomState>,
    hits: u32,
}

impl Tally {
    /// Nothing counted yet, and so many cells in the array at most.
    pub fn under(table: Option<&Table>, cells_max: usize) -> Tally {
        let holders: Vec<Answer> = match table {
            Some(table) => table.holders().iter().cloned().map(Ok).collect(),
            None => vec![Err(Unresolved), Ok(Holder::unknown())],
        };
        Tally {
            version: table.map(Table::version),
            cells_max,
            holders,
            rows: Vec::new(),
            others: HashMap::default(),
            hits: 0,
        }
    }

    /// An empty one with as many cells, under another table or the same.
    pub fn followed_by(&self, table: Option<&Table>) -> Tally {
        Tally::under(table, self.cells_max)
    }

    /// Whether its numbers are those of this table, and it has room for the hits of another chunk.
    pub fn is_under(&self, table: Option<&Table>) -> bool {
        self.version == table.map(Table::version) && self.hits < HITS_MAX
    }

    /// Who has this number.
    pub fn holder(&self, number: usize) -> &Answer {
        &self.holders[number]
    }

    /// Counts one hit under the numbers of its route and its client's holder.
    #[inline(always)]
    pub fn count(&mut self, route: u32, holder: u32, bytes: u32, error: u8) {
        self.hits += 1;
        let cell = self.cell(route, holder);
        cell.hits += 1;
        cell.errors += u32::from(error);
        cell.bytes += u64::from(bytes);
    }

    #[inline(always)]
    fn cell(&mut self, route: u32, holder: u32) -> &mut Cell {
        let at = route as usize * self.holders.len() + holder as usize;
        if at < self.rows.len() {
            return &mut self.rows[at];
        }
        self.new_cell(route, holder)
    }

    /// The cell of a route that has no row yet, or will have none.
    #[inline(never)]
    fn new_cell(&mut self, route: u32, holder: u32) -> &mut Cell {
        let (holders, row) = (self.holders.len(), route as usize);
        if row >= self.cells_max / holders {
            return self.others.entry((route, holder)).or_default();
        }
        self.rows.resize((row + 1) * holders, Cell::default());
        &mut self.rows[row * holders + holder as usize]
    }

    /// Adds what another worker has counted, whose routes have numbers of their own; gives it back if it is under
    /// another version of the table, or if together it would be more than a cell may hold.
    ///
    /// # Errors
    ///
    /// The other, unchanged.
    pub fn merge(
        &mut self,
        routes: &mut Routes,
        other: Tally,
        of_other: &Routes,
    ) -> Result<(), Tally> {
        let hits = self.hits.checked_add(other.hits);
        let Some(hits) = hits.filter(|_| self.version == other.version) else {
            return Err(other);
        };
        let numbers: Vec<u32> = (0..of_other.len())
            .map(|number| routes.number(of_other.text(number)))
            .collect();
        for (route, holder, cell) in other.cells() {
            let own = self.cell(numbers[route], holder as u32);
            own.hits += cell.hits;
            own.errors += cell.errors;
            own.bytes += cell.bytes;
        }
        self.hits = hits;
        Ok(())
    }

    /// Adds everything to a report, by name.
    pub fn add_to(self, routes: &Routes, report: &mut Report) {
        for (route, holder, cell) in self.cells() {
            let counts = Counts {
                hits: cell.hits.into(),
                bytes: cell.bytes.into(),
                errors: cell.errors.into(),
            };
            report.add(&self.holders[holder], routes.text(route), counts);
        }
    }

    /// All cells in which there is a hit, by route and holder.
    fn cells(&self) -> impl Iterator<Item = (usize, usize, &Cell)> {
        let rows = self.rows.chunks(self.holders.len()).enumerate();
        let rows = rows.flat_map(|(route, row)| {
            let cells = row.iter().enumerate();
            cells.map(move |(holder, cell)| (route, holder, cell))
        });
        let others = self.others.iter();
        let others = others.map(|(pair, cell)| (pair.0 as usize, pair.1 as usize, cell));
        rows.chain(others).filter(|(.., cell)| cell.hits > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_beyond_the_array_are_counted_too() {
        let mut routes = Routes::new();
        let mut tally = Tally::under(None, 7);
        for round in 0..3 {
            for route in [5, 0, 3, 2, 1, 4] {
                let number = routes.number(format!("/{route}").as_bytes());
                tally.count(number, route % 2, 10 * route + round, (round % 2) as u8);
            }
        }
        assert_eq!(tally.rows.len(), 3 * 2);
        // Another worker has met the routes in another order, and one more.
        let (mut own, mut all) = (Routes::new(), Tally::under(None, 10));
        for route in [6, 4, 3] {
            all.count(own.number(format!("/{route}").as_bytes()), 0, 7, 0);
        }
        assert!(all.merge(&mut own, tally, &routes).is_ok());
        let other = all.followed_by(Some(&Table::iana()));
        assert!(all.merge(&mut own, other, &routes).is_err());
        let mut report = Report::new();
        all.add_to(&own, &mut report);
        let mut rows: Vec<_> = (report.rows().into_iter())
            .map(|row| (row.route, row.holder, row.hits, row.bytes, row.errors))
            .collect();
        rows.sort();
        let row = |route: &str, holder: &str, hits, bytes, errors| {
            (route.to_owned(), holder.to_owned(), hits, bytes, errors)
        };
        let expected = [
            row("/0", "unresolved", 3, 3, 1),
            row("/1", "unknown", 3, 33, 1),
            row("/2", "unresolved", 3, 63, 1),
            row("/3", "unknown", 3, 93, 1),
            row("/3", "unresolved", 1, 7, 0),
            row("/4", "unresolved", 4, 130, 1),
            row("/5", "unknown", 3, 153, 1),
            row("/6", "unresolved", 1, 7, 0),
        ];
        assert_eq!(rows, expected);
    }
}
