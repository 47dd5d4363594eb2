//! A worker's way from the bytes of a chunk to its counts, column by column.

use std::ops::Range;

use traffic::directory::{Table, is_key};
use traffic::{Chunk, Hit, Place, Report};

use crate::batch_cells::{CELLS_MAX, Tally};
use crate::batch_routes::Routes;
use crate::columns::{BATCH, Columns};
use crate::index::{BLOCK_BYTES, Index};
use crate::masks::{Masks, Work};
use crate::stretches::Indexed;

/// What a worker counts with.
#[derive(Debug)]
pub struct Counter {
    masks: Masks,
    index: Index,
    columns: Columns,
    /// By line of the batch: the numbers of holders and routes.
    holders: [u32; BATCH],
    routes: [u32; BATCH],
    /// The lines of the batch that are not of the usual shape.
    odd: Vec<Range<usize>>,
    counted: Counted,
}

/// What it has counted.
#[derive(Debug)]
pub struct Counted {
    routes: Routes,
    tally: Tally,
    report: Report,
}

impl Counter {
    /// Nothing counted yet, by one of so many workers.
    pub fn new(masks: Masks, workers: usize) -> Counter {
        Counter {
            masks,
            index: Index::new(),
            columns: Columns::new(),
            holders: [0; BATCH],
            routes: [0; BATCH],
            odd: Vec::new(),
            counted: Counted {
                routes: Routes::new(),
                tally: Tally::under(None, CELLS_MAX / workers),
                report: Report::new(),
            },
        }
    }

    /// Counts the lines of one chunk, and says how many they were.
    pub fn count(&mut self, chunk: &Chunk, table: Option<&Indexed>) -> usize {
        let of_table = table.map(|indexed| &indexed.table);
        if !self.counted.tally.is_under(of_table) {
            self.counted.settle(of_table);
        }
        let mut lines = chunk.lines();
        let mut count = 0;
        loop {
            let (place, ahead) = lines.ahead();
            let (number, bytes) = self.block(ahead, place, table);
            lines.pass(number, bytes);
            count += number;
            if number == 0 {
                // One that goes on behind the chunk, or is longer than a block.
                let Some((place, line)) = lines.next() else {
                    return count;
                };
                self.counted.count(place, line, of_table);
                count += 1;
            }
        }
    }

    /// Counts the whole lines at the begin of these bytes, as far as a block, or as a file that is cut off meanwhile; says
    /// how many they are, and their bytes.
    fn block(&mut self, bytes: &[u8], place: Place, table: Option<&Indexed>) -> (usize, usize) {
        let block = &bytes[..bytes.len().min(BLOCK_BYTES)];
        self.index.index(block, self.masks);
        let (masks, lines) = (self.masks, self.index.line_ends().len());
        let (mut begin, mut counted) = (0, 0);
        for first in (0..lines).step_by(BATCH) {
            let lines = first..lines.min(first + BATCH);
            let batch = Batch {
                counter: self,
                bytes,
                begin,
                lines,
                place,
                table,
            };
            let Some((lines, end)) = masks.run(batch) else {
                break;
            };
            (begin, counted) = (end, counted + lines);
        }
        (counted, begin)
    }

    /// All that was counted.
    pub fn counted(self) -> Counted {
        self.counted
    }
}

/// Some lines of a block.
struct Batch<'a> {
    counter: &'a mut Counter,
    /// From the block's first byte on.
    bytes: &'a [u8],
    /// Where the first of the lines begins.
    begin: usize,
    /// Their numbers in the index.
    lines: Range<usize>,
    /// Where the block stands.
    place: Place,
    table: Option<&'a Indexed>,
}

// ANCHOR: columns
impl Work for Batch<'_> {
    /// How many lines were counted, and where the next one begins.
    type Done = Option<(usize, usize)>;

    /// Counts the lines, column by column.
    #[inline(always)]
    fn work(self) -> Option<(usize, usize)> {
        let Batch {
            bytes,
            begin,
            lines,
            place,
            table,
            ..
        } = self;
        let Counter {
            index,
            columns,
            holders,
            routes,
            odd,
            counted,
            ..
        } = self.counter;
        let end = columns.take(bytes, index, begin, lines, |line| odd.push(line));
        let holders = &mut holders[..columns.len()];
        match table {
            Some(Indexed { ranges, .. }) => ranges.find(&columns.clients[..columns.len()], holders),
            // It is an address: without a table nothing is known of it.
            None => holders.fill(0),
        }
        let routes = &mut routes[..columns.len()];
        counted.routes.numbers(columns, bytes, routes);
        // A file that is cut off loses its end first. With the last newline all that was read was still there.
        if bytes[end - 1] != b'\n' {
            odd.clear();
            return None;
        }
        counted.tally.count_all(routes, holders, columns);
        let odd = odd.drain(..).filter(|line| bytes[line.end] == b'\n');
        let table = table.map(|indexed| &indexed.table);
        let odd = odd.map(|line| counted.odd(place, bytes, line, table));
        Some((columns.len() + odd.count(), end))
    }
}
// ANCHOR_END: columns

impl Counted {
    /// Counts a line of a block that is not of the usual shape.
    fn odd(&mut self, block: Place, bytes: &[u8], line: Range<usize>, table: Option<&Table>) {
        let place = Place {
            offset: block.offset + line.start as u64,
            ..block
        };
        let line = &bytes[line];
        self.count(place, line.strip_suffix(b"\r").unwrap_or(line), table);
    }

    /// Counts a line of any shape.
    #[inline(never)]
    fn count(&mut self, place: Place, line: &[u8], table: Option<&Table>) {
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

    /// Adds all that another worker has counted: by number if both have counted under one version of the table.
    ///
    /// To add by name is to hash each pair twice, and to compare its text.
    pub fn merge(&mut self, other: Counted) {
        let Counted {
            routes,
            tally,
            report,
        } = other;
        self.report.merge(report);
        if let Err(tally) = self.tally.merge(&mut self.routes, tally, &routes) {
            tally.add_to(&routes, &mut self.report);
        }
    }

    /// The report of it all.
    pub fn report(mut self) -> Report {
        self.settle(None);
        self.report
    }

    /// Adds what was counted to the report, and goes on under this table.
    fn settle(&mut self, table: Option<&Table>) {
        let next = self.tally.followed_by(table);
        let tally = std::mem::replace(&mut self.tally, next);
        tally.add_to(&self.routes, &mut self.report);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts a block of which a file has kept so many bytes since it was indexed: the lines counted, and the hits.
    fn counted_of(block: &[u8], kept: usize) -> (Option<usize>, u64) {
        let mut counter = Counter::new(Masks::PLAIN, 1);
        counter.index.index(block, counter.masks);
        let mut bytes = block.to_vec();
        bytes[kept..].fill(0);
        // What lies behind the block.
        bytes.extend([0; 64]);
        let lines = 0..counter.index.line_ends().len();
        let batch = Batch {
            counter: &mut counter,
            bytes: &bytes,
            begin: 0,
            lines,
            place: Place { file: 0, offset: 0 },
            table: None,
        };
        let counted = batch.work().map(|(lines, _)| lines);
        let rows = counter.counted().report().rows();
        (counted, rows.iter().map(|row| row.hits).sum())
    }

    #[test]
    fn nothing_is_counted_of_a_batch_that_has_lost_its_end() {
        let line = b"8.8.8.8 - - [d] \"GET /good HTTP/1.1\" 200 7\n";
        let odd = b"8.8.8.8 - - [d] \"PUT /good HTTP/1.1\" 200 7\n";
        let block = [&line[..], odd, line, odd, line].concat();
        assert_eq!(counted_of(&block, block.len()), (Some(5), 5));
        for kept in 0..block.len() {
            assert_eq!(counted_of(&block, kept), (None, 0), "{kept}");
        }
    }
}
