//! What the program prints.

use std::fmt::Write;
use std::time::Duration;

use clap::Parser;

use crate::first::{Outcome, ask};
use crate::scheduler;
use crate::serve::{Policy, SOURCES, serve};
use crate::starve;

/// Who waits for the first of many decides who is served.
#[derive(Debug, Parser)]
pub struct Options {
    /// How many items are served
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub turns: u64,
    /// How much longer an item of the first queue takes than one of the others
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub heavy: u64,
    /// After how many urgent items it is the ordinary queue's turn
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u64).range(1..))]
    pub patience: u64,
    /// How long the answer is waited for, in milliseconds
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub deadline_ms: u64,
    /// The shares of the tenants, each from one to ten
    #[arg(long, value_delimiter = ',', default_value = "3,2,1", value_parser = clap::value_parser!(u64).range(1..=10))]
    pub shares: Vec<u64>,
    /// How many jobs each tenant submits
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub jobs: u32,
    /// How many workers do them
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub workers: u16,
}

/// When the three replicas answer. Nobody waits for the last two: that is the point.
const DELAYS_MS: [u64; 3] = [100, 10_000, 60_000];

/// All of it, as text.
pub fn report(options: &Options) -> String {
    let mut text = String::new();
    for part in [turns, time, starved, replicas, tenants] {
        part(options, &mut text).expect("a string takes all");
    }
    text
}

fn turns(options: &Options, text: &mut String) -> std::fmt::Result {
    writeln!(
        text,
        "Four queues that are never empty, {} turns. Who is served, in percent:\n",
        options.turns
    )?;
    writeln!(text, "{:18}{:>5}{:>5}{:>5}{:>5}", "", "a", "b", "c", "d")?;
    for (name, policy) in [
        ("select", Policy::Random),
        ("in written order", Policy::Written),
        ("in turns", Policy::Turns),
        ("shares 4:3:2:1", Policy::Shares([4, 3, 2, 1])),
    ] {
        row(
            text,
            name,
            serve(&policy, options.turns, [1; SOURCES]).turns,
        )?;
    }
    Ok(())
}

fn time(options: &Options, text: &mut String) -> std::fmt::Result {
    writeln!(
        text,
        "\nAn item of a takes {} times as long. Who is served, and below it the time, in percent:\n",
        options.heavy
    )?;
    writeln!(text, "{:18}{:>5}{:>5}{:>5}{:>5}", "", "a", "b", "c", "d")?;
    let costs = [options.heavy, 1, 1, 1];
    for (name, policy) in [
        ("select", Policy::Random),
        ("shares 1:1:1:1", Policy::Shares([1; SOURCES])),
    ] {
        let served = serve(&policy, options.turns, costs);
        row(text, name, served.turns)?;
        row(text, "  of the time", served.time)?;
    }
    Ok(())
}

fn row(text: &mut String, name: &str, amounts: [u64; SOURCES]) -> std::fmt::Result {
    let all: u64 = amounts.iter().sum();
    write!(text, "{name:18}")?;
    for amount in amounts {
        write!(text, "{:>5.0}", 100.0 * amount as f64 / all as f64)?;
    }
    writeln!(text)
}

fn starved(options: &Options, text: &mut String) -> std::fmt::Result {
    writeln!(
        text,
        "\nAn urgent queue and an ordinary one, neither ever empty, {} turns:\n",
        options.turns
    )?;
    writeln!(
        text,
        "{:18}{:>10}{:>10}{:>22}",
        "patience", "urgent", "ordinary", "longest wait in turns"
    )?;
    for (name, patience) in [
        ("without end".to_owned(), u64::MAX),
        (format!("{} turns", options.patience), options.patience),
    ] {
        let waited = starve::serve(options.turns, patience);
        writeln!(
            text,
            "{name:18}{:>10}{:>10}{:>22}",
            waited.urgent, waited.ordinary, waited.longest
        )?;
    }
    Ok(())
}

fn replicas(options: &Options, text: &mut String) -> std::fmt::Result {
    let delays = DELAYS_MS.map(Duration::from_millis);
    let [near, far, farther] = DELAYS_MS;
    writeln!(
        text,
        "\nThree replicas answer after {near}, {far} and {farther} ms. The first counts, the others are told:\n"
    )?;
    for deadline_ms in [options.deadline_ms, 1] {
        let (outcome, told) = ask(&delays, Duration::from_millis(deadline_ms));
        let outcome = match outcome {
            Outcome::Answered(number) => format!("replica {number} answered"),
            Outcome::TooLate => "too late".to_owned(),
        };
        writeln!(
            text,
            "deadline {deadline_ms:>5} ms: {outcome}, {told} stopped working"
        )?;
    }
    Ok(())
}

fn tenants(options: &Options, text: &mut String) -> std::fmt::Result {
    let shares: Vec<String> = options.shares.iter().map(u64::to_string).collect();
    writeln!(
        text,
        "\nA scheduler, tenants with shares {}, {} jobs each, {} workers. Whose jobs, in the order of dispatch:\n",
        shares.join(":"),
        options.jobs,
        options.workers
    )?;
    let (given, done) = scheduler::run(&options.shares, options.jobs, options.workers.into());
    let letters: Vec<String> = (given.iter().take(36))
        .map(|job| char::from(b'a' + job.tenant as u8).to_string())
        .collect();
    let more = if given.len() > 36 { " ..." } else { "" };
    writeln!(text, "{}{more}", letters.join(" "))?;
    writeln!(text, "{done} of {} jobs done", given.len())
}
