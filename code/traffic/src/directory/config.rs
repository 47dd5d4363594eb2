//! What a server serves, how far away, and how badly.

use std::sync::Arc;
use std::time::Duration;

use super::fault::Fault;
use super::table::Table;

/// The distance to a directory unless another is asked for: a hop within a region.
pub const DELAY_DEFAULT: Duration = Duration::from_micros(500);

/// What a server serves, and how badly.
#[derive(Clone, Debug)]
pub struct Config {
    /// The port on 127.0.0.1; 0 for one that is free.
    pub port: u16,
    /// The time from a request's arrival to its answer.
    pub delay: Duration,
    /// What it answers from.
    pub table: Arc<Table>,
    /// What is wrong with it.
    pub fault: Option<Fault>,
    /// How often it publishes a new version of the table, in which the holder `X` of the first is
    /// called `X #7` if it is the seventh. Without it the table stays and keeps its names.
    pub changes: Option<Duration>,
}

impl Default for Config {
    /// The built-in table, half a millisecond away, on a free port, in good health.
    fn default() -> Config {
        Config {
            port: 0,
            delay: DELAY_DEFAULT,
            table: Arc::new(Table::iana()),
            fault: None,
            changes: None,
        }
    }
}
