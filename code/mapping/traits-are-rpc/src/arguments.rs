//! What can be said to the program, and how far each of it may go.

use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::time::Duration;

use clap::Parser;

/// How far a simulated server may be: who waits gives up after twice as long.
const DISTANCES: RangeInclusive<Duration> = Duration::ZERO..=Duration::from_secs(1);
/// How patient a caller may be. Without any patience there is nothing to show.
const PATIENCES: RangeInclusive<Duration> = Duration::from_millis(10)..=Duration::from_secs(1);
/// How long to ask at each of the rungs.
const TIMES: RangeInclusive<Duration> = Duration::ZERO..=Duration::from_secs(2);

/// Asks one question at every distance, from a function in this program to a server in another country.
#[derive(Parser)]
pub struct Arguments {
    /// The address whose holder is asked for; 1, 12, 17, 19 and 53 at its front are known
    #[arg(long, value_name = "ADDRESS", default_value = "17.0.0.1")]
    pub client: Ipv4Addr,
    /// How far another machine of the region is: the server waits so long before it answers
    #[arg(long, value_name = "TIME", default_value = "500us", value_parser = distance)]
    pub region: Duration,
    /// How far another country is; 150ms is across an ocean
    #[arg(long, value_name = "TIME", default_value = "20ms", value_parser = distance)]
    pub country: Duration,
    /// How long a caller waits for an answer that comes too late
    #[arg(long, value_name = "TIME", default_value = "100ms", value_parser = patience)]
    pub patience: Duration,
    /// For about how long to ask at each distance; longer is steadier
    #[arg(long, value_name = "TIME", default_value = "200ms", value_parser = time)]
    pub time: Duration,
    /// Asks a server of yours, too: this program with --listen, in another process or on another machine
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub server: Option<SocketAddr>,
    /// Is that server, and asks nothing
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
}

fn distance(text: &str) -> Result<Duration, String> {
    within(text, &DISTANCES)
}

fn patience(text: &str) -> Result<Duration, String> {
    within(text, &PATIENCES)
}

fn time(text: &str) -> Result<Duration, String> {
    within(text, &TIMES)
}

fn within(text: &str, range: &RangeInclusive<Duration>) -> Result<Duration, String> {
    let time = humantime::parse_duration(text)
        .map_err(|_| "not a time such as 500us, 20ms or 1s".to_owned())?;
    if range.contains(&time) {
        return Ok(time);
    }
    let (from, to) = (range.start(), range.end());
    Err(format!("not from {from:?} to {to:?}"))
}
