//! The command line of this program.

use clap::Parser;
use where_the_analogy_breaks::report::{Options, counted, timed};

fn main() {
    let options = Options::parse();
    print!("{}", counted(&options));
    print!("{}", timed(&options));
}
