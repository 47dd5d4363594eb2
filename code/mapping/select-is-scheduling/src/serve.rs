//! Four queues that are never empty, and one who serves them: whose turn is it?
//!
//! A queue that was served gets a new item at once, so that the choice is always among all four. Left out:
//! queues that are empty now and then. There, any way of choosing is fair enough.

use crossbeam_channel::{Receiver, Sender, bounded, select, select_biased};

use crate::stride::Stride;

/// How many queues there are.
pub const SOURCES: usize = 4;

/// Queues in which there is always something.
#[derive(Debug)]
pub struct Sources {
    ins: [Sender<()>; SOURCES],
    outs: [Receiver<()>; SOURCES],
}

/// A way of choosing among those who are ready.
#[derive(Clone, Debug)]
pub enum Policy {
    /// As `select!` chooses.
    Random,
    /// The first in the order in which they are written.
    Written,
    /// The next after the one who was served last.
    Turns,
    /// So that each gets its share.
    Shares([u64; SOURCES]),
}

/// What each queue got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Served {
    /// How often it was served.
    pub turns: [u64; SOURCES],
    /// How much time that took, in units of the shortest item.
    pub time: [u64; SOURCES],
}

impl Sources {
    /// Four queues with an item each.
    pub fn new() -> Sources {
        let channels = [(); SOURCES].map(|()| bounded(1));
        let sources = Sources {
            ins: channels.each_ref().map(|(source, _)| source.clone()),
            outs: channels.map(|(_, out)| out),
        };
        (0..SOURCES).for_each(|source| sources.fill(source));
        sources
    }

    /// Puts an item into a queue that has none.
    pub fn fill(&self, source: usize) {
        self.ins[source].try_send(()).expect("there is room");
    }

    // ANCHOR: random
    /// Takes an item from any queue that has one. If several have, chance decides.
    pub fn random(&self) -> usize {
        let [a, b, c, d] = &self.outs;
        select! {
            recv(a) -> _ => 0,
            recv(b) -> _ => 1,
            recv(c) -> _ => 2,
            recv(d) -> _ => 3,
        }
    }
    // ANCHOR_END: random

    // ANCHOR: written
    /// Takes an item from the first queue, in the written order, that has one.
    pub fn written(&self) -> usize {
        let [a, b, c, d] = &self.outs;
        select_biased! {
            recv(a) -> _ => 0,
            recv(b) -> _ => 1,
            recv(c) -> _ => 2,
            recv(d) -> _ => 3,
        }
    }
    // ANCHOR_END: written

    /// Takes an item from the first queue that has one, beginning with that of this number. Nothing if all
    /// are empty: it looks, and does not wait.
    pub fn turn(&self, begin: usize) -> Option<usize> {
        let mut order = (begin..begin + SOURCES).map(|source| source % SOURCES);
        order.find(|&source| self.outs[source].try_recv().is_ok())
    }

    /// Takes an item from the queue of this number.
    pub fn take(&self, source: usize) {
        self.outs[source].try_recv().expect("it has an item");
    }

    /// Whether a queue has an item.
    pub fn is_ready(&self, source: usize) -> bool {
        !self.outs[source].is_empty()
    }
}

impl Default for Sources {
    fn default() -> Sources {
        Sources::new()
    }
}

/// Serves so many items; one of each queue takes as long as `costs` says.
pub fn serve(policy: &Policy, turns: u64, costs: [u64; SOURCES]) -> Served {
    let sources = Sources::new();
    let mut served = Served::default();
    let mut next = 0;
    let mut stride = Stride::new(match policy {
        Policy::Shares(shares) => shares,
        _ => &[1; SOURCES],
    });
    for _ in 0..turns {
        let source = match policy {
            Policy::Random => sources.random(),
            Policy::Written => sources.written(),
            Policy::Turns => sources.turn(next).expect("none is ever empty"),
            Policy::Shares(_) => {
                let source = stride.choose(|source| sources.is_ready(source));
                let source = source.expect("none is ever empty");
                sources.take(source);
                stride.charge(source, costs[source]);
                source
            }
        };
        next = source + 1;
        served.turns[source] += 1;
        served.time[source] += costs[source];
        sources.fill(source);
    }
    served
}
