//! A channel is a queue: five small experiments, and a channel of our own.
//!
//! Every experiment prints the same in every run and on every machine, and its Go twin prints it too.
//! Where it matters who comes first, the clock is a counter, and nobody is waited for.
//!
//! The channel of our own is [`bounded`]: one lock and two conditions. The others are crossbeam's, which is what
//! one would use.

mod handles;
mod patience;
mod queue;
pub mod scenes;
mod sync;

use std::io::{self, Write};

pub use handles::{Items, Receiver, Sender, bounded, unbounded};

/// What may be changed on the command line.
#[derive(Clone, Copy, Debug, clap::Parser)]
#[command(about = "A channel is a queue.", version)]
pub struct Plan {
    /// Items that the bounded queue holds.
    #[arg(long, default_value_t = 8)]
    pub capacity: usize,
    /// Items that a sender has to get rid of.
    #[arg(long, default_value_t = 60)]
    pub items: u64,
    /// Ticks of the clock that a consumer needs for an item; the producer needs one.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..))]
    pub serve: u64,
    /// Ticks for which customers arrive in the last experiment.
    #[arg(long, default_value_t = 100_000)]
    pub ticks: u64,
    /// Where the chances of the last experiment start.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

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
