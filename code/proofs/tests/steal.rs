//! Stealing: every number is taken, and by one worker only.
//!
//! Checked with loom and not with shuttle, for two reasons. The spans are so small that all schedules can be
//! tried and not only many, up to a number of preemptions. And they are `Relaxed` atomics: loom lets a load see an
//! old value, too, which shuttle does not. It does not model all that `Relaxed` allows, as its own tests say, so this is a
//! check and no proof; the invariant in its chapter carries the rest.

use std::ops::Range;

use loom::model::Builder;
use loom::sync::Arc;
use loom::thread;
use proofs::weak as sync;

#[path = "../../evolution/s15-steal/src/steal.rs"]
mod steal;

use steal::Spans;

/// Runs a worker for each span until it finds nothing more, in all schedules with so many preemptions at
/// most: each number up to the last span's end must have been taken once. (Few preemptions suffice for most
/// mistakes: Musuvathi and Qadeer, *Iterative Context Bounding*, 2007. Ours are found with one.)
fn check(preemptions: usize, spans: &'static [Range<u32>]) {
    let mut model = Builder::new();
    model.preemption_bound = Some(preemptions);
    model.check(move || {
        let shared = Arc::new(Spans::new(spans.iter().cloned()));
        let work = |worker| {
            let shared = Arc::clone(&shared);
            move || std::iter::from_fn(|| shared.take(worker)).collect::<Vec<u32>>()
        };
        let others = (1..spans.len()).map(|worker| thread::spawn(work(worker)));
        let others: Vec<_> = others.collect();
        let mut taken = work(0)();
        for other in others {
            taken.extend(other.join().unwrap());
        }
        taken.sort_unstable();
        let end = spans.last().map_or(0, |span| span.end);
        assert!(taken.iter().copied().eq(0..end), "taken: {taken:?}");
    });
}

/// Both have their own first, and steal from each other at the end.
#[test]
fn two_workers_with_spans_of_their_own() {
    check(4, &[0..2, 2..4]);
}

/// One takes at the front while the other steals from the back.
#[test]
fn an_owner_and_a_thief() {
    check(4, &[0..4, 4..4]);
}

/// Thieves steal from each other, too.
#[test]
fn an_owner_and_two_thieves() {
    check(2, &[0..2, 2..2, 2..2]);
}
