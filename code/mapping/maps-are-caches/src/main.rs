//! Six questions that every cache has to answer, each with numbers.

use std::time::Duration;

use clap::Parser;
use maps_are_caches::absent::{self, Names};
use maps_are_caches::bounded::{self, Policy};
use maps_are_caches::fresh::{self, Rule, Told};
use maps_are_caches::modern;
use maps_are_caches::shared::{self, Locked, Owner, ReadersTogether, Shards, Shared};
use maps_are_caches::stampede;
use maps_are_caches::zipf::{Dice, Zipf};

/// Asks a cache what it keeps, for how long, and for whom.
#[derive(Parser)]
struct Arguments {
    /// How many keys there are
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    keys: u32,
    /// How many questions are asked
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    questions: u32,
    /// After how many questions the original of one key changes
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..))]
    change_every: u64,
    /// How many threads want one map
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: u16,
    /// Another seed, other questions
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Adds a column for a library's policy (the twin in Go has none)
    #[arg(long)]
    moka: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let zipf = Zipf::new(arguments.keys);
    let count = arguments.questions as usize;
    let questions = zipf.questions(count, &mut Dice::new(arguments.seed));
    println!(
        "{count} questions for {} keys, after Zipf's law",
        arguments.keys
    );
    what_to_keep(&arguments, &zipf, &questions);
    how_long(&arguments, &zipf, &questions);
    what_is_not_there(&arguments, &zipf);
    who_asks(&arguments);
    who_holds(&arguments, &questions);
}

fn what_to_keep(arguments: &Arguments, zipf: &Zipf, questions: &[u32]) {
    println!("\nWhat to keep: hits, by the room there is");
    print!("  entries    FIFO     LRU   SIEVE   most popular");
    println!("{}", if arguments.moka { "    moka" } else { "" });
    for part in [100, 10, 1] {
        let room = (arguments.keys as usize / part).max(1);
        print!("  {room:>7}");
        for policy in [Policy::Fifo, Policy::Lru, Policy::Sieve] {
            let hits = bounded::hits(policy, room, questions);
            print!("  {:>6}", share(hits, questions.len()));
        }
        print!("  {:>13}", percent(zipf.share(room)));
        if arguments.moka {
            let hits = modern::hits(room, questions);
            print!("  {:>6}", share(hits, questions.len()));
        }
        println!();
    }
}

fn how_long(arguments: &Arguments, zipf: &Zipf, questions: &[u32]) {
    let every = arguments.change_every;
    println!("\nFor how long: one original changes after every {every} questions");
    println!("  {:<36} {:>6}  {:>16}", "rule", "hits", "stale, of these");
    let lossy = Told {
        late: 0,
        loses_one_in: 10,
    };
    let late = Told {
        late: 100,
        loses_one_in: 0,
    };
    for (name, time_to_live, told) in [
        ("for ever", None, None),
        ("for 10000 questions", Some(10_000), None),
        ("for 1000 questions", Some(1_000), None),
        ("until told", None, Some(Told::default())),
        ("until told, 100 questions late", None, Some(late)),
        ("until told, one in 10 is lost", None, Some(lossy)),
        ("the same, for 10000 questions", Some(10_000), Some(lossy)),
    ] {
        let rule = Rule { time_to_live, told };
        let outcome = fresh::play(rule, zipf, questions, every);
        let hits = share(outcome.hits as usize, questions.len());
        let stale = share(outcome.stale as usize, outcome.hits as usize);
        println!("  {name:<36} {hits:>6}  {stale:>16}");
    }
}

fn what_is_not_there(arguments: &Arguments, zipf: &Zipf) {
    println!("\nWhat is not there: one question in ten is for something that does not exist");
    println!(
        "  {:<36} {:>6}  {:>8}",
        "names and cache", "asked", "entries"
    );
    for (name, names, keeps_absence) in [
        ("50 names, absence is not kept", Names::Few(50), false),
        ("50 names, absence is kept", Names::Few(50), true),
        ("new names, absence is not kept", Names::New, false),
        ("new names, absence is kept", Names::New, true),
    ] {
        let count = u64::from(arguments.questions);
        let outcome = absent::play(names, keeps_absence, zipf, count);
        println!("  {name:<36} {:>6}  {:>8}", outcome.asked, outcome.entries);
    }
}

fn who_asks(arguments: &Arguments) {
    let threads = usize::from(arguments.threads);
    let (aside, alone) = stampede::crowd(threads, Duration::from_millis(20));
    println!("\nWho asks: {threads} threads miss the same key at once");
    println!("  everybody      asked {aside}");
    println!("  single flight  asked {alone}");
}

fn who_holds(arguments: &Arguments, questions: &[u32]) {
    let threads = usize::from(arguments.threads);
    // An owner takes its time: a part of the questions shows it as well.
    let questions = &questions[..questions.len().min(50_000)];
    println!("\nWho holds the map: {threads} threads, everything is there");
    let maps: [(&str, &dyn Shared); 4] = [
        ("an owner", &Owner::start()),
        ("a lock", &Locked::default()),
        ("a readers' lock", &ReadersTogether::default()),
        ("16 shards", &Shards::new(16)),
    ];
    for (name, map) in maps {
        shared::warm(map, questions);
        let (right, took) = shared::crowd(map, threads, questions);
        let each_ns = took.as_nanos() as f64 / questions.len() as f64;
        println!(
            "  {name:<16} {right} of {} right  {each_ns:>8.0} ns",
            questions.len()
        );
    }
}

/// A part of a whole, in percent; of nothing it is none.
fn share(part: usize, whole: usize) -> String {
    percent(part as f64 / whole.max(1) as f64)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
