//! The experiments, in the order in which they are told.

pub mod ahead;
pub mod delivery;
pub mod little;
pub mod order;
pub mod pressure;
