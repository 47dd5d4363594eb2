//! The parameters of the experiments.

use clap::builder::RangedU64ValueParser;

/// What may be changed on the command line.
#[derive(Clone, Copy, Debug, clap::Parser)]
#[command(
    about = "A channel is a queue: how far ahead a sender gets, where things wait, what arrives, and what is lost.",
    version
)]
pub struct Plan {
    /// Places in the bounded queue: 1 to 100000.
    #[arg(long, default_value_t = 8, value_parser = up_to::<usize>(100_000))]
    pub capacity: usize,
    /// Items that a sender has to get rid of: 1 to 1000000.
    #[arg(long, default_value_t = 60, value_parser = up_to::<u64>(1_000_000))]
    pub items: u64,
    /// Ticks of the clock that the consumer needs for an item, while the producer needs one: 1 to 1000000.
    #[arg(long, default_value_t = 3, value_parser = up_to::<u64>(1_000_000))]
    pub serve: u64,
    /// Ticks for which customers arrive in the last experiment: 1 to 10000000.
    #[arg(long, default_value_t = 100_000, value_parser = up_to::<u64>(10_000_000))]
    pub ticks: u64,
    /// Where the chances of the last experiment start: another number, other customers.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// Whatever is more would be a machine's memory, or an afternoon.
fn up_to<T: TryFrom<u64> + Clone + Send + Sync>(most: u64) -> RangedU64ValueParser<T> {
    RangedU64ValueParser::new().range(1..=most)
}
