//! The command line of this program.

use clap::Parser;
use select_is_scheduling::options::Options;
use select_is_scheduling::report::parts;

fn main() {
    let texts = parts(&Options::parse()).map(|(_, text)| text);
    print!("{}", texts.join("\n"));
}
