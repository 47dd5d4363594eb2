//! What the program prints, to the letter what its twin prints.

use std::fmt::Write;
use std::time::Duration;

use clap::Parser;

use crate::counts::{Counted, Counts, Locked, Owned, Sharded};
use crate::mistakes::MISTAKES;
use crate::shape::count;
use crate::unseen;

/// The same parts in four shapes, and what becomes of nine mistakes in two languages.
#[derive(Debug, Parser)]
pub struct Options {
    /// How many words are counted, a million at most
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..=WORDS_MAX))]
    pub words: u64,
    /// How many workers count them, 64 at most
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub workers: u16,
    /// How many maps there are where there are many, 64 at most
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub shards: u16,
}

/// More would only take longer: the shapes are compared, and not the time.
const WORDS_MAX: u64 = 1_000_000;

/// How long the end of a channel is waited for that never comes.
const PATIENCE: Duration = Duration::from_millis(50);

// ANCHOR: shapes
/// The same program around four counts.
pub fn shapes(options: &Options) -> String {
    let many = 0..options.shards;
    let shapes: [(&str, Box<dyn Counts>); 4] = [
        ("one map, behind a lock", Box::new(Locked::default())),
        ("one map, with an owner", Box::new(Owned::new())),
        (
            "many maps, each behind a lock",
            Box::new(Sharded(many.clone().map(|_| Locked::default()).collect())),
        ),
        (
            "many maps, each with an owner",
            Box::new(Sharded(many.map(|_| Owned::new()).collect())),
        ),
    ];
    // ANCHOR_END: shapes
    let mut text = format!(
        "{} words, {} workers, one program around four counts:\n\n",
        options.words, options.workers
    );
    for (name, counts) in shapes {
        let counted = count(options.words, options.workers.into(), counts.as_ref());
        writeln!(text, "{name:31}{}", top(&counted)).expect("a string takes all");
    }
    text
}

/// The sum and the three most frequent words.
fn top(counted: &Counted) -> String {
    let sum: u64 = counted.values().sum();
    let mut words: Vec<_> = counted.iter().collect();
    // It is sorted by word already, and stays so among equals.
    words.sort_by(|(_, one), (_, other)| other.cmp(one));
    let words: Vec<String> = (words.iter().take(3))
        .map(|(word, times)| format!("{word} {times}"))
        .collect();
    format!("{sum} words: {}", words.join(", "))
}

/// What becomes of mistakes, of those that Rust refuses and of those that it does not see.
pub fn mistakes() -> String {
    let mut text = "\nNine mistakes. Rust does not compile them, Go does:\n".to_owned();
    for mistake in MISTAKES {
        let (name, headline, in_go) = (mistake.name, mistake.headline(), mistake.in_go);
        write!(text, "\n- {name}\n  Rust: {headline}\n  Go:   {in_go}\n")
            .expect("a string takes all");
    }
    let came = unseen::own_end(PATIENCE);
    write!(
        text,
        "\nThree that neither of them sees:\n\n\
         - two visits, each counted under a lock: {} in the end\n\
         - two tasks take two locks in opposite order: {} of them get both\n\
         - a task waits for the end of a channel that it would have to end itself: the end {}\n",
        unseen::lost_update(),
        unseen::crossed_locks(),
        if came { "came" } else { "never comes" },
    )
    .expect("a string takes all");
    text
}
