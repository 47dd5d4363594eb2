//! The simulation's command line.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

use clap::{Args, Parser, Subcommand};
use simulation::cluster::{Setting, Verdict, log, simulate};
use simulation::rate::{Costs, Machine, lines_per_s};
use simulation::search::{Found, search};
use simulation::terms::{self, Repair};

/// Simulates n03 on many machines, with what a seed has happen to them, and says whether the report is exact
///
/// A simulation is one thread and has its own time: the same seed is the same run, and prints the same trace. Ctrl-C
/// ends it, and says how far it came. The exit code is 0 if all reports were exact, and 1 if one was not.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(flatten)]
    what: What,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Args, Debug)]
struct What {
    /// What happens, and when; with --seeds the first one
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Tries so many seeds, on all processors, and prints those whose report is wrong
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    seeds: Option<u64>,
    /// Machines, each with a worker; the run has one besides
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=500))]
    nodes: u64,
    /// Which reports are merged: fenced, those whose lease stands; naive, all that come; unfenced, each for its worker's
    /// oldest range
    #[arg(long, value_name = "WHICH", default_value = "fenced", value_parser = terms::repair)]
    repair: Repair,
    /// The same as --repair naive
    #[arg(long, conflicts_with = "repair")]
    naive: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Says how many lines a second a run counts on one machine, if its parts cost so much
    Rate(Rate),
}

#[derive(Args, Debug)]
struct Rate {
    /// Processes of workers
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=64))]
    processes: u64,
    /// Processors that all processes share
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=1024))]
    cores: u64,
    /// How many ranges there are
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    ranges: u64,
    /// Lines of a range
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    range: u64,
    /// What the run does for a line, in nanoseconds; so with the others
    #[arg(long, value_name = "NS")]
    run_line: u64,
    /// What the run does for a range
    #[arg(long, value_name = "NS")]
    run_range: u64,
    /// What a worker does for a line
    #[arg(long, value_name = "NS")]
    worker_line: u64,
    /// What a worker does for a range
    #[arg(long, value_name = "NS")]
    worker_range: u64,
}

static STOP: AtomicBool = AtomicBool::new(false);

fn main() -> ExitCode {
    let Arguments { what, command } = Arguments::parse();
    if let Err(err) = ctrlc::set_handler(|| STOP.store(true, Relaxed)) {
        eprintln!("simulation: Ctrl-C will end it without a word: {err}");
    }
    let setting = Setting {
        seed: what.seed,
        workers: what.nodes as usize,
        repair: if what.naive {
            Repair::Naive
        } else {
            what.repair
        },
    };
    match (command, what.seeds) {
        (Some(Command::Rate(rate)), _) => predict(&rate),
        (None, Some(seeds)) => many(&setting, seeds),
        (None, None) => one(&setting),
    }
}

fn one(setting: &Setting) -> ExitCode {
    let log = log(setting.workers);
    println!(
        "seed {}: {} lines in {} ranges, {} workers",
        setting.seed,
        log.lines,
        log.ranges.len(),
        setting.workers
    );
    let mut told = Told::default();
    let outcome = simulate(setting, &log, &STOP, &mut |at, sentence| {
        told.tell(at, sentence);
    });
    told.end();
    let (trace, events) = outcome.trace;
    println!(
        "{:>6} ms  {}",
        outcome.took.as_millis(),
        sentence(&outcome.verdict)
    );
    println!("trace {trace:016x} of {events} events");
    exit(outcome.verdict == Verdict::Exact)
}

/// What a run tells, on standard output; of workers that come at one moment their number is enough.
#[derive(Debug, Default)]
struct Told {
    at: Duration,
    come: Vec<String>,
}

impl Told {
    fn tell(&mut self, at: Duration, sentence: &str) {
        let comes = sentence.ends_with(" is at work");
        if at != self.at || !comes {
            self.end();
        }
        self.at = at;
        if comes {
            self.come.push(sentence.to_owned());
        } else {
            println!("{:>6} ms  {sentence}", at.as_millis());
        }
    }

    fn end(&mut self) {
        let ms = self.at.as_millis();
        match &std::mem::take(&mut self.come)[..] {
            [] => {}
            [one] => println!("{ms:>6} ms  {one}"),
            many => println!("{ms:>6} ms  {} workers are at work", many.len()),
        }
    }
}

fn many(setting: &Setting, seeds: u64) -> ExitCode {
    let last = setting.seed.saturating_add(seeds);
    let (start, is_watched) = (Instant::now(), io::stderr().is_terminal());
    let found = search(setting.seed..last, setting, &STOP, &|found| {
        if is_watched {
            let (tried, wrong) = (found.tried, found.wrong.len());
            eprint!("\r{tried} of {seeds} seeds, {wrong} wrong");
            let _ = io::stderr().flush();
        }
    });
    if is_watched {
        eprintln!(", in {} s", start.elapsed().as_secs());
    }
    report(&found, seeds);
    exit(found.wrong.is_empty())
}

fn report(found: &Found, seeds: u64) {
    /// More are not read.
    const SHOWN_MAX: usize = 10;
    for (seed, verdict) in found.wrong.iter().take(SHOWN_MAX) {
        println!("seed {seed}: {}", sentence(verdict));
    }
    if found.wrong.len() > SHOWN_MAX {
        println!("and {} more", found.wrong.len() - SHOWN_MAX);
    }
    let (tried, wrong, late) = (found.tried, found.wrong.len(), found.late);
    if tried < seeds {
        println!("stopped after {tried} of {seeds} seeds");
    }
    println!("{tried} seeds: {wrong} wrong; {late} reports came too late and were not counted");
}

fn sentence(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Exact => "the report is exact".into(),
        Verdict::Wrong {
            lines: (counted, lines),
            rows,
        } => {
            format!("WRONG: {counted} lines are counted of {lines}, and {rows} rows are not right")
        }
        Verdict::Failed(why) => format!("FAILED: {why}"),
        Verdict::Stopped => "stopped".into(),
    }
}

fn exit(is_exact: bool) -> ExitCode {
    match (STOP.load(Relaxed), is_exact) {
        (true, _) => ExitCode::from(130),
        (false, true) => ExitCode::SUCCESS,
        (false, false) => ExitCode::FAILURE,
    }
}

fn predict(rate: &Rate) -> ExitCode {
    let costs = Costs {
        run_line: Duration::from_nanos(rate.run_line),
        run_range: Duration::from_nanos(rate.run_range),
        worker_line: Duration::from_nanos(rate.worker_line),
        worker_range: Duration::from_nanos(rate.worker_range),
    };
    let machine = Machine {
        processes: rate.processes as usize,
        cores: rate.cores as usize,
    };
    match lines_per_s(&costs, &machine, rate.ranges as usize, rate.range as usize) {
        Ok(rate) => {
            println!("{rate:.0} lines/s");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("simulation: {why}");
            ExitCode::from(2)
        }
    }
}
