//! The parts of both steps' work, each with all that stands in front of it.

use std::ops::Range;

use s17_columns::columns::{BATCH, Columns};
use s17_columns::index::{BLOCK_BYTES, Index};
use s17_columns::masks::{Masks, Work};
use s17_columns::routes::Routes;
use s18_in_flight::stretches::Indexed;
use traffic::{Chunk, Hit, Mapped};

/// The beginning of a step's work, as far as its name says.
pub struct Part {
    pub step: &'static str,
    pub name: &'static str,
    /// Does it on all chunks, under a table if it asks one; what comes of it is a sum without a meaning.
    pub work: fn(&mut Chunks, &Indexed) -> u64,
}

/// The chunks of a log, in their order.
pub type Chunks<'a> = dyn Iterator<Item = Chunk<'a>> + 'a;

pub const ALL: [Part; 7] = [
    // The parent: where lines end, and what stands in them.
    part("s15-steal", "lines", lines),
    part("s15-steal", "fields", fields),
    // The index, the columns of the fields, and the numbers of the routes.
    part("s17-columns", "index", index),
    part("s17-columns", "columns", columns),
    part("s17-columns", "routes", routes),
    // Behind the same columns: a search for each client alone, and one for all of a batch in step.
    ALONE,
    IN_STEP,
];

/// The searches, which are done on `wide` as well, under the built-in table and under a large one.
pub const SEARCHES: [Part; 2] = [ALONE, IN_STEP];

const ALONE: Part = part("s17-columns", "holders", alone);
const IN_STEP: Part = part("s18-in-flight", "holders", in_step);

const fn part(
    step: &'static str,
    name: &'static str,
    work: fn(&mut Chunks, &Indexed) -> u64,
) -> Part {
    Part { step, name, work }
}

/// All chunks of a log.
pub fn chunks<'a>(log: &'a Mapped) -> impl Iterator<Item = Chunk<'a>> {
    of_span(log, 0..log.chunks())
}

/// The chunks of these numbers.
pub fn of_span<'a>(log: &'a Mapped, span: Range<u64>) -> impl Iterator<Item = Chunk<'a>> {
    span.map(|number| log.chunk(number).expect("not stopped"))
}

/// How many newlines there are: the limit.
pub fn newlines(chunks: &mut Chunks) -> u64 {
    chunks
        .map(|chunk| memchr::memchr_iter(b'\n', chunk.bytes()).count() as u64)
        .sum()
}

fn lines(chunks: &mut Chunks, _: &Indexed) -> u64 {
    let mut sum = 0;
    for chunk in chunks {
        for (_, line) in chunk.lines() {
            sum += line.len() as u64;
        }
    }
    sum
}

fn fields(chunks: &mut Chunks, _: &Indexed) -> u64 {
    let mut sum = 0;
    for chunk in chunks {
        for (_, line) in chunk.lines() {
            if let Ok(hit) = Hit::parse(line) {
                let texts = hit.client.len() + hit.route.len();
                sum += texts as u64 + hit.bytes + u64::from(hit.status);
            }
        }
    }
    sum
}

fn index(chunks: &mut Chunks, _: &Indexed) -> u64 {
    blocks(chunks, |_, _| 0)
}

fn columns(chunks: &mut Chunks, _: &Indexed) -> u64 {
    let mut columns = Columns::new();
    batches(chunks, &mut columns, |columns, _| columns.len() as u64)
}

fn routes(chunks: &mut Chunks, _: &Indexed) -> u64 {
    let (mut columns, mut routes) = (Columns::new(), Routes::new());
    batches(chunks, &mut columns, |columns, bytes| {
        let numbers =
            (0..columns.len()).map(|line| routes.number_short(columns.route(bytes, line)));
        numbers.map(u64::from).sum()
    })
}

fn alone(chunks: &mut Chunks, Indexed { table, .. }: &Indexed) -> u64 {
    let mut columns = Columns::new();
    batches(chunks, &mut columns, |columns, _| {
        let clients = &columns.clients[..columns.len()];
        let numbers = clients.iter().map(|&client| table.number_v4(client));
        numbers.map(|number| number as u64).sum()
    })
}

fn in_step(chunks: &mut Chunks, Indexed { ranges, .. }: &Indexed) -> u64 {
    let (mut columns, mut numbers) = (Columns::new(), [0; BATCH]);
    batches(chunks, &mut columns, |columns, _| {
        let numbers = &mut numbers[..columns.len()];
        ranges.find(&columns.clients[..columns.len()], numbers);
        numbers.iter().map(|&number| u64::from(number)).sum()
    })
}

/// The index of each block of whole lines, and what is made of it.
fn blocks(chunks: &mut Chunks, mut made: impl FnMut(&[u8], &Index) -> u64) -> u64 {
    let (mut index, masks, mut sum) = (Index::new(), Masks::chosen().expect("one that is here"), 0);
    for chunk in chunks {
        let mut lines = chunk.lines();
        loop {
            let (_, bytes) = lines.ahead();
            index.index(&bytes[..bytes.len().min(BLOCK_BYTES)], masks);
            match index.line_ends() {
                [] if lines.next().is_none() => break,
                [] => sum += 1,
                [.., last] => {
                    sum += made(bytes, &index) + u64::from(*last);
                    lines.pass(index.line_ends().len(), *last as usize + 1);
                }
            }
        }
    }
    sum
}

/// The columns of each batch of lines, and what is made of them.
fn batches(
    chunks: &mut Chunks,
    columns: &mut Columns,
    mut made: impl FnMut(&Columns, &[u8]) -> u64,
) -> u64 {
    let masks = Masks::chosen().expect("one that is here");
    blocks(chunks, |bytes, index| {
        let (mut begin, mut sum) = (0, 0);
        let lines = index.line_ends().len();
        for first in (0..lines).step_by(BATCH) {
            let lines = first..lines.min(first + BATCH);
            (begin, sum) = masks.run(Batch {
                columns,
                bytes,
                index,
                begin,
                lines,
                sum,
                made: &mut made,
            });
        }
        sum
    })
}

/// As in the step: work that is translated for the processor at hand.
struct Batch<'a, M> {
    columns: &'a mut Columns,
    bytes: &'a [u8],
    index: &'a Index,
    begin: usize,
    lines: Range<usize>,
    sum: u64,
    made: &'a mut M,
}

impl<M: FnMut(&Columns, &[u8]) -> u64> Work for Batch<'_, M> {
    /// Where the next line begins, and the sum.
    type Done = (usize, u64);

    #[inline(always)]
    fn work(self) -> (usize, u64) {
        let mut odd = 0;
        let (bytes, begin) = (self.bytes, self.begin);
        let end = self
            .columns
            .take(bytes, self.index, begin, self.lines, |line| {
                odd += line.len() as u64;
            });
        (end, self.sum + odd + (self.made)(self.columns, bytes))
    }
}
