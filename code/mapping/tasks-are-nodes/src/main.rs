//! The command line of this program.

use std::io;

use clap::Parser;
use tasks_are_nodes::{Plan, report};

fn main() -> io::Result<()> {
    report(&Plan::parse(), &mut io::stdout().lock())
}
