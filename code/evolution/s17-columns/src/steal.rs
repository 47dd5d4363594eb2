//! Work stealing: numbers to take, in spans that belong to a worker until another has nothing to do.
//!
//! After Cilk's scheduler (Blumofe and Leiserson, *Scheduling Multithreaded Computations by Work Stealing*,
//! 1999). There a worker owns a queue of tasks, takes from one end of it, and when it is empty becomes a thief
//! and takes from the other end of another's. Our tasks are consecutive numbers and make no new ones. So
//! a queue is two numbers, its begin and its end, and both fit one atomic word: to take the front or to steal
//! the back half is one compare-and-swap.
//!
//! A number may come back to a span that it has left, by a steal and a steal back. That is harmless (there is no
//! *ABA problem*), because a number that is not yet taken is in one span, or in the hands of one thief, and the
//! word is all there is of a span: a swap that finds it as it was seen takes what the span has at that moment,
//! whatever it had in between. The numbers are all that is handed over, and nothing else is written or read
//! because of them: `Relaxed` is enough.
//!
//! Left out: to wait. A worker that finds all spans empty goes home, although a thief may have numbers in its hands that
//! are not in its span yet. They are in good hands; they can only no longer be shared.

use std::ops::Range;

use crate::sync::{AtomicU64, Ordering::Relaxed};

// ANCHOR: steal
/// A span of numbers for each worker.
#[derive(Debug)]
pub struct Spans(Vec<Span>);

/// The numbers from the upper half of the word up to the lower half, alone in its cache lines: its owner
/// looks at it all the time, and shall not notice what others do to theirs.
#[derive(Debug)]
#[repr(align(128))]
struct Span(AtomicU64);

impl Spans {
    /// Spans that belong to workers 0, 1, 2 and so on.
    pub fn new(spans: impl Iterator<Item = Range<u32>>) -> Spans {
        Spans(
            spans
                .map(|span| Span(AtomicU64::new(packed(span))))
                .collect(),
        )
    }

    /// The next number for a worker: the first of its own, or one that it has stolen together with more;
    /// nothing when there is nothing left to take.
    pub fn take(&self, worker: usize) -> Option<u32> {
        let own = &self.0[worker].0;
        loop {
            let seen = own.load(Relaxed);
            let span = unpacked(seen);
            if span.is_empty() {
                break;
            }
            if swap(own, seen, span.start + 1..span.end) {
                return Some(span.start);
            }
        }
        // Only its owner puts anything into a span, and that is us.
        let stolen = self.steal()?;
        own.store(packed(stolen.start + 1..stolen.end), Relaxed);
        Some(stolen.start)
    }

    /// The back half of the longest span, or nothing if all are empty.
    fn steal(&self) -> Option<Range<u32>> {
        loop {
            let seen = self.0.iter().map(|span| (&span.0, span.0.load(Relaxed)));
            let (victim, seen) = seen.max_by_key(|(_, seen)| unpacked(*seen).len())?;
            let span = unpacked(seen);
            if span.is_empty() {
                return None;
            }
            let middle = span.start + (span.end - span.start) / 2;
            if swap(victim, seen, span.start..middle) {
                return Some(middle..span.end);
            }
            // Another worker took from it meanwhile, so there is progress.
        }
    }
}

fn swap(word: &AtomicU64, seen: u64, span: Range<u32>) -> bool {
    word.compare_exchange(seen, packed(span), Relaxed, Relaxed)
        .is_ok()
}

fn packed(span: Range<u32>) -> u64 {
    u64::from(span.start) << 32 | u64::from(span.end)
}

fn unpacked(word: u64) -> Range<u32> {
    (word >> 32) as u32..word as u32
}
// ANCHOR_END: steal
