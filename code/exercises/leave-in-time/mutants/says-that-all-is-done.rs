//! A worker that is told to end while there is work: what it takes, what it says of itself, and when it ends.

use std::collections::BTreeSet;

/// How long it may take to end. Its manager kills it soon after.
pub const GRACE_MS: u64 = 5_000;

/// A range of work, by its number.
pub type Range = u32;

/// What the worker says when it is asked how it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Send it work.
    Ready,
    /// It lives, and is to be sent none.
    Leaving,
}

/// What the worker does now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// It goes on.
    Stay,
    /// It ends, and names the ranges that it has taken and not done: others have to do them.
    End(Vec<Range>),
}

/// A worker.
#[derive(Debug, Default)]
pub struct Worker {
    taken: BTreeSet<Range>,
    /// When it was first told to end.
    told_ms: Option<u64>,
    /// Whether it was told more than once.
    is_urgent: bool,
}

impl Worker {
    /// A worker that has nothing to do yet.
    pub fn new() -> Worker {
        Worker::default()
    }

    /// How it is.
    pub fn health(&self) -> Health {
        match self.told_ms {
            None => Health::Ready,
            Some(_) => Health::Leaving,
        }
    }

    /// A range is offered. Whether it takes it.
    pub fn offer(&mut self, range: Range) -> bool {
        if self.told_ms.is_some() {
            return false;
        }
        self.taken.insert(range);
        true
    }

    /// A range that it has taken is done.
    pub fn done(&mut self, range: Range) {
        self.taken.remove(&range);
    }

    /// It is told to end.
    pub fn told_to_end(&mut self, now_ms: u64) {
        self.is_urgent = self.told_ms.is_some();
        self.told_ms = self.told_ms.or(Some(now_ms));
    }

    /// What it does now.
    pub fn next(&mut self, now_ms: u64) -> Next {
        let Some(told_ms) = self.told_ms else {
            return Next::Stay;
        };
        let is_over = self.is_urgent || now_ms >= told_ms + GRACE_MS;
        if self.taken.is_empty() || is_over {
            return Next::End(Vec::new());
        }
        Next::Stay
    }
}
