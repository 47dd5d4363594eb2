//! What may be changed on the command line, and what may not.

use clap::Parser;

/// The eight fallacies of distributed computing, each with an experiment inside one machine.
#[derive(Debug, Parser)]
pub struct Options {
    /// How many messages are sent to a receiver that goes, 11 to 1000
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u16).range(11..=1000))]
    pub messages: u16,
    /// How many messages a channel holds, 11 to 1000
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(11..=1000))]
    pub capacity: u16,
    /// How many nodes there are before one more comes, and how many are upgraded, 64 at most
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub nodes: u8,
    /// How far the receiver's clock is behind, in milliseconds, a minute at most
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u16).range(0..=60_000))]
    pub behind_ms: u16,
    /// The size of the larger memory, in MiB, 256 at most
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub memory_mib: u16,
    /// How many rounds are timed, 100000 at most
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub rounds: u32,
}

/// Hits that are handed over.
pub(super) const HITS: u64 = 1000;
