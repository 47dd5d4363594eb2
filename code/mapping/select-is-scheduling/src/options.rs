//! What the program can be asked to change.

use std::str::FromStr;

use clap::Parser;

/// A select is a scheduler: who waits for the first of many decides who is served.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Options {
    /// How many items are served
    #[arg(long, value_name = "N", default_value_t = 200_000, value_parser = clap::value_parser!(u64).range(100..=10_000_000))]
    pub turns: u64,
    /// How many times as long an item of the first queue takes as one of the others
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub heavy: u64,
    /// After how many urgent items in a row it is the ordinary queue's turn
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub patience: u64,
    /// How long an answer is waited for, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..=9999))]
    pub deadline_ms: u64,
    /// The shares of the tenants: one to eight of them, each from 1 to 10
    #[arg(long, value_name = "N,N,...", default_value = "3,2,1")]
    pub shares: Shares,
    /// How many jobs each tenant submits
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub jobs: u32,
    /// How many workers do them
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub workers: u16,
}

/// The shares of the tenants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares(pub Vec<u64>);

/// More would be hard to follow in a line of letters.
const TENANTS_MAX: usize = 8;

impl FromStr for Shares {
    type Err = String;

    fn from_str(text: &str) -> Result<Shares, String> {
        let shares: Vec<u64> = text
            .split(',')
            .map_while(|share| share.parse().ok().filter(|share| (1..=10).contains(share)))
            .collect();
        if shares.len() == text.split(',').count() && shares.len() <= TENANTS_MAX {
            Ok(Shares(shares))
        } else {
            Err(format!(
                "needs one to {TENANTS_MAX} shares from 1 to 10, as in 3,2,1"
            ))
        }
    }
}
