//! Five questions that every cache has to answer, each with numbers.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use maps_are_caches::absent::{self, Names};
use maps_are_caches::bounded::{self, Policy};
use maps_are_caches::fresh::{self, Rule, Told};
use maps_are_caches::modern::{self, Books};
use maps_are_caches::shared::{self, Locked, Owner, ReadersTogether, Shards, Shared};
use maps_are_caches::stampede;
use maps_are_caches::zipf::{Dice, Zipf};

/// Asks a cache what it keeps, for how long, and for whom.
#[derive(Parser)]
struct Arguments {
    /// How many keys there are; the first is the most popular
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    keys: u32,
    /// How many questions are asked
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    questions: u32,
    /// After how many questions the original of one key changes
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    change_every: u64,
    /// How many threads want one map
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: u16,
    /// Another seed draws other questions
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Adds a column for a library's policy (the twin in Go has none)
    #[arg(long)]
    moka: bool,
}

fn main() -> ExitCode {
    let experiment = Experiment::new(Arguments::parse());
    match experiment.report(&mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // Who has read enough may close the pipe.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot print: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What is asked for, and how it was drawn.
struct Experiment {
    arguments: Arguments,
    zipf: Zipf,
    questions: Vec<u32>,
}

impl Experiment {
    fn new(arguments: Arguments) -> Experiment {
        let zipf = Zipf::new(arguments.keys);
        let mut dice = Dice::new(arguments.seed);
        let questions = zipf.questions(arguments.questions as usize, &mut dice);
        Experiment {
            arguments,
            zipf,
            questions,
        }
    }

    fn report(&self, out: &mut dyn Write) -> io::Result<()> {
        let (count, keys) = (self.questions.len(), self.arguments.keys);
        writeln!(out, "{count} questions for {keys} keys, after Zipf's law")?;
        self.what_to_keep(out)?;
        self.how_long(out)?;
        self.what_is_not_there(out)?;
        self.which_asks(out)?;
        self.which_may_touch(out)
    }

    fn what_to_keep(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\nWhat to keep: hits, by the room there is")?;
        let moka = if self.arguments.moka { "    moka" } else { "" };
        writeln!(
            out,
            "  entries    FIFO     LRU   SIEVE   most popular{moka}"
        )?;
        let count = self.questions.len();
        for part in [100, 10, 1] {
            let room = (self.arguments.keys as usize / part).max(1);
            write!(out, "  {room:>7}")?;
            for policy in [Policy::Fifo, Policy::Lru, Policy::Sieve] {
                let hits = bounded::hits(policy, room, &self.questions);
                write!(out, "  {:>6}", share(hits, count))?;
            }
            write!(out, "  {:>13}", percent(self.zipf.share(room)))?;
            if self.arguments.moka {
                let hits = modern::hits(room, &self.questions, Books::AtOnce);
                write!(out, "  {:>6}", share(hits, count))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn how_long(&self, out: &mut dyn Write) -> io::Result<()> {
        let every = self.arguments.change_every;
        writeln!(
            out,
            "\nFor how long: one original changes after every {every} questions"
        )?;
        writeln!(
            out,
            "  {:<36} {:>6}  {:>16}",
            "rule", "hits", "stale, of these"
        )?;
        let told = |late, loses_one_in| Some(Told { late, loses_one_in });
        for (name, time_to_live, told) in [
            ("for ever", None, None),
            ("for 10000 questions", Some(10_000), None),
            ("for 1000 questions", Some(1_000), None),
            ("until told", None, told(0, 0)),
            ("until told, 100 questions late", None, told(100, 0)),
            ("until told, one in 10 is lost", None, told(0, 10)),
            ("the same, for 10000 questions", Some(10_000), told(0, 10)),
        ] {
            let rule = Rule { time_to_live, told };
            let outcome = fresh::play(rule, &self.zipf, &self.questions, every);
            let hits = share(outcome.hits as usize, self.questions.len());
            let stale = share(outcome.stale as usize, outcome.hits as usize);
            writeln!(out, "  {name:<36} {hits:>6}  {stale:>16}")?;
        }
        Ok(())
    }

    fn what_is_not_there(&self, out: &mut dyn Write) -> io::Result<()> {
        let what = "one question in ten is for something that does not exist";
        writeln!(out, "\nWhat is not there: {what}")?;
        writeln!(
            out,
            "  {:<36} {:>6}  {:>8}",
            "names and cache", "asked", "entries"
        )?;
        for (name, names, keeps_absence) in [
            ("50 names, absence is not kept", Names::Few(50), false),
            ("50 names, absence is kept", Names::Few(50), true),
            ("new names, absence is not kept", Names::New, false),
            ("new names, absence is kept", Names::New, true),
        ] {
            let dice = Dice::new(self.arguments.seed);
            let count = self.questions.len() as u64;
            let outcome = absent::play(names, keeps_absence, &self.zipf, dice, count);
            writeln!(
                out,
                "  {name:<36} {:>6}  {:>8}",
                outcome.asked, outcome.entries
            )?;
        }
        Ok(())
    }

    fn which_asks(&self, out: &mut dyn Write) -> io::Result<()> {
        let threads = usize::from(self.arguments.threads);
        let (aside, alone) = stampede::crowd(threads, Duration::from_millis(20));
        writeln!(
            out,
            "\nWhich task asks: {threads} threads miss the same key at once"
        )?;
        writeln!(out, "  each thread    asked {aside}")?;
        writeln!(out, "  single flight  asked {alone}")
    }

    fn which_may_touch(&self, out: &mut dyn Write) -> io::Result<()> {
        let threads = usize::from(self.arguments.threads);
        // An owner takes its time: a part of the questions shows it as well.
        let count = self.questions.len().min(50_000);
        let questions = &self.questions[..count];
        writeln!(
            out,
            "\nWhich task may touch the map: {threads} threads, everything is there"
        )?;
        let maps: [(&str, &dyn Shared); 4] = [
            ("an owner", &Owner::start()),
            ("a lock", &Locked::default()),
            ("a readers' lock", &ReadersTogether::default()),
            ("16 shards", &Shards::new(16)),
        ];
        for (name, map) in maps {
            shared::warm(map, questions);
            let (right, took) = shared::crowd(map, threads, questions);
            let each_ns = took.as_nanos() as f64 / count as f64;
            writeln!(
                out,
                "  {name:<16} {right} of {count} right  {each_ns:>8.0} ns"
            )?;
        }
        Ok(())
    }
}

/// A part of a whole, in percent; of nothing it is none.
fn share(part: usize, whole: usize) -> String {
    percent(part as f64 / whole.max(1) as f64)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
