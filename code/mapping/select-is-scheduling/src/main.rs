//! The command line of this program.

use clap::Parser;
use select_is_scheduling::report::{Options, report};

fn main() {
    print!("{}", report(&Options::parse()));
}
