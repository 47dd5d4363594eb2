//! What a worker has counted: an array with a cell for each (route, holder).
//!
//! A report knows a holder by its name and a route by its bytes, because it outlives everything else. While a worker
//! counts, both are numbers: of the table's holders, and of the worker's own dictionary of routes.
//!
//! An array for all pairs is as large as the pairs that there could be: with many holders and many routes far
//! larger than the pairs that there are. So only the first routes have a row in it, as many as fit a limit, and
//! the popular ones come early. The cells of all others are found by a hash.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use traffic::directory::Table;
use traffic::{Answer, Counts, Holder, Report, Unresolved};

use crate::routes::Routes;

/// The cells of the array, at most: 16 MiB.
const CELLS_MAX: usize = 1 << 20;

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
    /// The routes that may have a row of cells.
    rows_max: usize,
    rows: Vec<Cell>,
    /// Those of the other routes.
    others: HashMap<(u32, u32), Cell, RandomState>,
    hits: u32,
}

impl Tally {
    /// Nothing counted yet.
    pub fn under(table: Option<&Table>) -> Tally {
        let holders: Vec<Answer> = match table {
            Some(table) => table.holders().iter().cloned().map(Ok).collect(),
            None => vec![Err(Unresolved), Ok(Holder::unknown())],
        };
        Tally {
            version: table.map(Table::version),
            rows_max: CELLS_MAX / holders.len(),
            holders,
            rows: Vec::new(),
            others: HashMap::default(),
            hits: 0,
        }
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
        let at = route as usize * self.holders.len() + holder as usize;
        let cell = match self.rows.get_mut(at) {
            Some(cell) => cell,
            None => self.cell(route, holder),
        };
        cell.hits += 1;
        cell.errors += u32::from(error);
        cell.bytes += u64::from(bytes);
    }

    /// The cell of a route that has no row yet, or will have none.
    #[inline(never)]
    fn cell(&mut self, route: u32, holder: u32) -> &mut Cell {
        let (holders, row) = (self.holders.len(), route as usize);
        if row >= self.rows_max {
            return self.others.entry((route, holder)).or_default();
        }
        self.rows.resize((row + 1) * holders, Cell::default());
        &mut self.rows[row * holders + holder as usize]
    }

    /// Adds everything to a report, by name.
    pub fn add_to(self, routes: &Routes, report: &mut Report) {
        let rows = self.rows.iter().enumerate();
        let rows = rows.map(|(at, cell)| (at / self.holders.len(), at % self.holders.len(), cell));
        let others = self.others.iter();
        let others =
            others.map(|((route, holder), cell)| (*route as usize, *holder as usize, cell));
        for (route, holder, cell) in rows.chain(others).filter(|(.., cell)| cell.hits > 0) {
            let counts = Counts {
                hits: cell.hits.into(),
                bytes: cell.bytes.into(),
                errors: cell.errors.into(),
            };
            report.add(&self.holders[holder], routes.text(route), counts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_beyond_the_array_are_counted_too() {
        let mut routes = Routes::new();
        let mut tally = Tally::under(None);
        tally.rows_max = 3;
        for round in 0..3 {
            for route in [5, 0, 3, 2, 1, 4] {
                let number = routes.number(format!("/{route}").as_bytes());
                tally.count(number, route % 2, 10 * route + round, (round % 2) as u8);
            }
        }
        assert_eq!(tally.rows.len(), 3 * 2);
        let mut report = Report::new();
        tally.add_to(&routes, &mut report);
        for row in report.rows() {
            let route: u32 = row.route[1..].parse().unwrap();
            let holder = ["unresolved", "unknown"][route as usize % 2];
            assert_eq!(row.holder, holder);
            assert_eq!((row.hits, row.errors), (3, 1));
            assert_eq!(row.bytes, u128::from(3 * 10 * route + 3));
        }
        assert_eq!(report.lines(), 18);
    }
}
