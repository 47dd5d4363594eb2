//! The command line of this program.

use std::io;

use channels_are_queues::{Plan, report};
use clap::Parser;

fn main() -> io::Result<()> {
    report(&Plan::parse(), &mut io::stdout().lock())
}
