//! One version of a play, whatever the variables of its model are.

use crate::explore::explore;
use crate::graph::Graph;
use crate::model::{Model, Vars};

/// A model of whatever variables.
pub trait Version {
    /// All of its states.
    fn explored(&self) -> Graph;

    /// What stateright says of it.
    #[cfg(test)]
    fn checked(self: Box<Self>) -> crate::checked::Checked;
}

impl<V: Vars> Version for Model<V> {
    fn explored(&self) -> Graph {
        explore(self)
    }

    #[cfg(test)]
    fn checked(self: Box<Self>) -> crate::checked::Checked {
        crate::checked::check(*self)
    }
}
