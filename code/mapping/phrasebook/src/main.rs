//! Runs the idioms of the phrasebook, and prints what each gives.

use clap::Parser;
use clap::builder::PossibleValuesParser;
use phrasebook::ROWS;

/// Run the idioms of the phrasebook.
#[derive(Parser)]
struct Arguments {
    /// The idioms, as the appendix calls them [default: all]
    #[arg(value_parser = PossibleValuesParser::new(ROWS.iter().map(|(name, _)| *name)))]
    names: Vec<String>,
}

fn main() {
    let Arguments { names } = Arguments::parse();
    for (name, run) in ROWS {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            println!("{name}: {}", run());
        }
    }
}
