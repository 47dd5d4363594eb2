//! A channel is a queue: five small experiments, and a channel of our own.
//!
//! Every experiment prints the same in every run and on every machine, and its Go twin prints it too.
//! Where it matters who comes first, the clock is a counter, and nothing is waited for.
//!
//! The channel of our own is [`bounded`]: one lock and two conditions. The others are crossbeam's, which is what
//! one would use.

mod handles;
mod patience;
mod plan;
mod queue;
pub mod scenes;
mod sync;

use std::io::{self, Write};

pub use handles::{Items, Receiver, Sender, bounded, unbounded};
pub use plan::Plan;

/// Runs the experiments, and writes what came out.
///
/// # Errors
///
/// If it cannot be written.
pub fn report(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    scenes::ahead::report(plan, out)?;
    scenes::pressure::report(plan, out)?;
    scenes::order::report(plan, out)?;
    scenes::delivery::report(out)?;
    scenes::little::report(plan, out)
}
