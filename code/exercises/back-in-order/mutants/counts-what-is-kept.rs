//! Puts what many workers have done back in order.

use std::collections::BTreeMap;

/// So many items are on their way or kept here at most, counted from the first that has not left.
pub const WINDOW: u64 = 4;

/// What is done and may not leave yet.
#[derive(Debug, Default)]
pub struct Reorder<T> {
    kept: BTreeMap<u64, T>,
    /// The number of the next item to leave.
    next: u64,
}

impl<T> Reorder<T> {
    /// Nothing has left yet: the first item is number 0.
    pub fn new() -> Reorder<T> {
        Reorder {
            kept: BTreeMap::new(),
            next: 0,
        }
    }

    /// An item is done. It leaves, and so do others, as soon as all in front of it have left.
    pub fn done(&mut self, number: u64, item: T, leave: &mut dyn FnMut(T)) {
        self.kept.insert(number, item);
        while let Some(item) = self.kept.remove(&self.next) {
            self.next += 1;
            leave(item);
        }
    }

    /// Whether an item may be handed to a worker now.
    pub fn may_begin(&self, _number: u64) -> bool {
        (self.kept.len() as u64) < WINDOW
    }

    /// How many items are kept.
    pub fn kept(&self) -> usize {
        self.kept.len()
    }
}
