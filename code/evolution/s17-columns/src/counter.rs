//! A worker's way from the bytes of a chunk to its counts, column by column.

use std::ops::Range;

use traffic::directory::{Table, is_key};
use traffic::{Chunk, Hit, Place, Report};

use crate::cells::Tally;
use crate::columns::{BATCH, Columns};
use crate::index::{BLOCK_BYTES, Index};
use crate::masks::{Masks, Work};
use crate::routes::Routes;

/// What a worker counts with.
#[derive(Debug)]
pub struct Counter {
    masks: Masks,
    index: Index,
    columns: Columns,
    /// By line of the batch.
    holders: [u32; BATCH],
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
    /// Nothing counted yet.
    pub fn new(masks: Masks) -> Counter {
        Counter {
            masks,
            index: Index::new(),
            columns: Columns::new(),
            holders: [0; BATCH],
            counted: Counted {
                routes: Routes::new(),
                tally: Tally::under(None),
                report: Report::new(),
            },
        }
    }

    /// Counts the lines of one chunk, and says how many they were.
    pub fn count(&mut self, chunk: &Chunk, table: Option<&Table>) -> usize {
        if !self.counted.tally.is_under(table) {
            self.counted.settle(table);
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
                self.counted.odd(place, line, table);
                count += 1;
            }
        }
    }

    /// Counts the whole lines at the begin of these bytes, as far as a block; says how many they are, and their bytes.
    fn block(&mut self, bytes: &[u8], place: Place, table: Option<&Table>) -> (usize, usize) {
        let block = &bytes[..bytes.len().min(BLOCK_BYTES)];
        self.index.index(block, self.masks);
        let (mut begin, lines) = (0, self.index.line_ends().len());
        for first in (0..lines).step_by(BATCH) {
            let lines = first..lines.min(first + BATCH);
            begin = self.masks.run(Batch {
                counter: self,
                bytes,
                begin,
                lines,
                place,
                table,
            });
        }
        (lines, begin)
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
    table: Option<&'a Table>,
}

// ANCHOR: columns
impl Work for Batch<'_> {
    /// Where the next line begins.
    type Done = usize;

    /// Counts the lines, column by column.
    #[inline(always)]
    fn work(self) -> usize {
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
            counted,
            ..
        } = self.counter;
        let end = columns.take(bytes, index, begin, lines, |line| {
            let place = Place {
                offset: place.offset + line.start as u64,
                ..place
            };
            let line = &bytes[line];
            counted.odd(place, line.strip_suffix(b"\r").unwrap_or(line), table);
        });
        let holders = &mut holders[..columns.len()];
        match table {
            Some(table) => {
                for (holder, client) in holders.iter_mut().zip(&columns.clients) {
                    *holder = table.number_v4(*client) as u32;
                }
            }
            // It is an address: without a table nothing is known of it.
            None => holders.fill(0),
        }
        let Counted { routes, tally, .. } = counted;
        for (line, holder) in holders.iter().enumerate() {
            let route = routes.number_short(columns.route(bytes, line));
            tally.count(route, *holder, columns.sizes[line], columns.errors[line]);
        }
        end
    }
}
// ANCHOR_END: columns

impl Counted {
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

    /// Adds all that another worker has counted: by number if both have counted under one version of the table.
    ///
    /// To add by name is to hash each pair twice, with a hash that is made to be safe and not to be fast.
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
        let tally = std::mem::replace(&mut self.tally, Tally::under(table));
        tally.add_to(&self.routes, &mut self.report);
    }
}
