//! The command line of this program.

use clap::Parser;
use composition::report::{Options, mistakes, shapes};

fn main() {
    let options = Options::parse();
    print!("{}{}", shapes(&options), mistakes());
}
