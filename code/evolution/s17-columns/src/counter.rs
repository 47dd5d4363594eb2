//! A worker's way from the bytes of a chunk to its counts, column by column.

use traffic::directory::{Table, is_key};
use traffic::{Chunk, Hit, Place, Report};

use crate::cells::Tally;
use crate::columns::{BATCH, Columns, ROUTE_WINDOW};
use crate::index::{BLOCK_BYTES, Index};
use crate::masks::Masks;
use crate::routes::Routes;

/// What a worker counts with.
#[derive(Debug)]
pub struct Counter {
    masks: Masks,
    index: Index,
    columns: Columns,
    /// By line of the batch.
    holders: [u32; BATCH],
    routes: Routes,
    tally: Tally,
    report: Report,
}

impl Counter {
    /// Nothing counted yet.
    pub fn new(masks: Masks) -> Counter {
        Counter {
            masks,
            index: Index::new(),
            columns: Columns::new(),
            holders: [0; BATCH],
            routes: Routes::new(),
            tally: Tally::under(None),
            report: Report::new(),
        }
    }

    /// Counts the lines of one chunk, and says how many they were.
    pub fn count(&mut self, chunk: &Chunk, table: Option<&Table>) -> usize {
        if !self.tally.is_under(table) {
            self.settle(table);
        }
        let mut lines = chunk.lines();
        let mut counted = 0;
        loop {
            let (place, ahead) = lines.ahead();
            let (number, bytes) = self.block(ahead, place, table);
            lines.pass(number, bytes);
            counted += number;
            if number == 0 {
                // One that goes on behind the chunk, or is longer than a block.
                let Some((place, line)) = lines.next() else {
                    return counted;
                };
                self.odd(place, line, table);
                counted += 1;
            }
        }
    }

    /// Counts the whole lines at the begin of these bytes, as far as a block; says how many they are, and their bytes.
    fn block(&mut self, bytes: &[u8], place: Place, table: Option<&Table>) -> (usize, usize) {
        let block = &bytes[..bytes.len().min(BLOCK_BYTES)];
        let mut index = std::mem::take(&mut self.index);
        index.index(block, self.masks);
        let mut begin = 0;
        for line_ends in index.line_ends().chunks(BATCH) {
            self.batch(bytes, &index, begin, line_ends, place, table);
            begin = line_ends[line_ends.len() - 1] as usize + 1;
        }
        let lines = index.line_ends().len();
        self.index = index;
        (lines, begin)
    }

    fn batch(
        &mut self,
        bytes: &[u8],
        index: &Index,
        begin: usize,
        line_ends: &[u32],
        place: Place,
        table: Option<&Table>,
    ) {
        let mut columns = std::mem::take(&mut self.columns);
        columns.take(bytes, index, begin, line_ends, |begin, end| {
            let line = &bytes[begin..end];
            let place = Place {
                offset: place.offset + begin as u64,
                ..place
            };
            self.odd(place, line.strip_suffix(b"\r").unwrap_or(line), table);
        });
        let lines = columns.len();
        match table {
            Some(table) => {
                for (holder, client) in self.holders.iter_mut().zip(&columns.clients[..lines]) {
                    *holder = table.number_v4(*client) as u32;
                }
            }
            // It is an address: without a table nothing is known of it.
            None => self.holders[..lines].fill(0),
        }
        for line in 0..lines {
            let at = columns.routes[line] as usize;
            let window: &[u8; ROUTE_WINDOW] = bytes[at..]
                .first_chunk()
                .expect("only such a line was taken");
            let route = self.routes.number_short(window, columns.route_lens[line].into());
            self.tally.count(route, self.holders[line], columns.sizes[line], columns.errors[line]);
        }
        self.columns = columns;
    }

    /// Counts a line that is not of the usual shape.
    #[inline(never)]
    fn odd(&mut self, place: Place, line: &[u8], table: Option<&Table>) {
        let hit = match Hit::parse(line) {
            Ok(hit) => hit,
            Err(why) => return self.report.malformed_at(place, why),
        };
        let holder = match table {
            Some(table) => table.number(hit.client),
            // What could be no address or host name is in no table: that can be known without one.
            None => usize::from(!is_key(hit.client)),
        };
        match u32::try_from(hit.bytes) {
            Ok(bytes) => {
                let route = self.routes.number(hit.route);
                let error = u8::from(hit.status >= 500);
                self.tally.count(route, holder as u32, bytes, error);
            }
            // A few of those could be more than a cell holds.
            Err(_) => self.report.count(self.tally.holder(holder), &hit),
        }
    }

    /// Adds what was counted to the report, and goes on under this table.
    fn settle(&mut self, table: Option<&Table>) {
        let tally = std::mem::replace(&mut self.tally, Tally::under(table));
        tally.add_to(&self.routes, &mut self.report);
    }

    /// All that was counted.
    pub fn report(mut self) -> Report {
        self.settle(None);
        self.report
    }
}
