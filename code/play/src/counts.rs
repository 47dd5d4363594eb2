//! What is counted of a graph.

use serde::Serialize;

/// How many there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Orders in which everything can happen, from the beginning to an end.
    pub schedules: u64,
    /// Those that lead to a bad end.
    pub bad_schedules: u64,
    /// Different states, the beginning and the ends among them.
    pub states: u64,
    /// States that are a bad end.
    pub bad_ends: u64,
    /// Steps of the shortest bad schedule; 0 if there is none.
    pub shortest: u64,
}
