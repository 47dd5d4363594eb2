//! What the program prints: five parts, each a text of its own.

use std::fmt::{Result, Write};
use std::time::Duration;

use crate::first::{self, Outcome};
use crate::options::Options;
use crate::serve::{Policy, SOURCES, serve};
use crate::{dropped, scheduler, starve};

/// When the three replicas answer. The last two are not waited for: that is the point.
const DELAYS_MS: [u64; 3] = [100, 10_000, 60_000];
/// A deadline that none of them keeps.
const TOO_SHORT_MS: u64 = 1;
/// How many letters a bar has.
const BAR: u64 = 40;
/// How many dispatched jobs are shown.
const SHOWN: usize = 36;

/// The parts in their order, each with the name of its part of the chapter.
pub fn parts(options: &Options) -> [(&'static str, String); 5] {
    type Part = fn(&Options, &mut String) -> Result;
    let parts: [(&str, Part); 5] = [
        ("turns", turns),
        ("time", time),
        ("patience", patience),
        ("first", replicas),
        ("tenants", tenants),
    ];
    parts.map(|(name, part)| {
        let mut text = String::new();
        part(options, &mut text).expect("a string takes all");
        (name, text)
    })
}

fn turns(options: &Options, text: &mut String) -> Result {
    let turns = options.turns;
    writeln!(
        text,
        "Four queues that are never empty. Their shares of {turns} turns, in percent:\n"
    )?;
    head(text)?;
    for (name, policy) in [
        ("select", Policy::Random),
        ("in written order", Policy::Written),
        ("in turns", Policy::Turns),
        ("shares 4:3:2:1", Policy::Shares([4, 3, 2, 1])),
    ] {
        row(text, name, serve(&policy, turns, [1; SOURCES]).turns)?;
    }
    Ok(())
}

fn time(options: &Options, text: &mut String) -> Result {
    let heavy = options.heavy;
    writeln!(
        text,
        "An item of a takes {heavy} times as long. Percent of the turns, and of the time:\n"
    )?;
    head(text)?;
    let costs = [heavy, 1, 1, 1];
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

fn head(text: &mut String) -> Result {
    writeln!(text, "{:18}{:>5}{:>5}{:>5}{:>5}", "", "a", "b", "c", "d")
}

/// The amounts in percent, and once more as a bar of letters.
fn row(text: &mut String, name: &str, amounts: [u64; SOURCES]) -> Result {
    let all: u64 = amounts.iter().sum();
    write!(text, "{name:18}")?;
    for amount in amounts {
        write!(text, "{:>5.0}", 100.0 * amount as f64 / all as f64)?;
    }
    write!(text, "  ")?;
    let (mut so_far, mut drawn) = (0, 0);
    for (letter, amount) in ["a", "b", "c", "d"].into_iter().zip(amounts) {
        so_far += amount;
        // Rounded from the left end, so that all bars are equally long.
        let end = (2 * BAR * so_far + all) / (2 * all);
        write!(text, "{}", letter.repeat((end - drawn) as usize))?;
        drawn = end;
    }
    writeln!(text)
}

fn patience(options: &Options, text: &mut String) -> Result {
    let turns = options.turns;
    writeln!(
        text,
        "An urgent queue and an ordinary one, neither ever empty, {turns} turns:\n"
    )?;
    writeln!(
        text,
        "{:18}{:>10}{:>10}{:>22}",
        "patience", "urgent", "ordinary", "longest wait in turns"
    )?;
    for (name, patience) in [
        ("without end".to_owned(), u64::MAX),
        (options.patience.to_string(), options.patience),
    ] {
        let waited = starve::serve(turns, patience);
        let (urgent, ordinary, longest) = (waited.urgent, waited.ordinary, waited.longest);
        writeln!(text, "{name:18}{urgent:>10}{ordinary:>10}{longest:>22}")?;
    }
    Ok(())
}

fn replicas(options: &Options, text: &mut String) -> Result {
    let delays = DELAYS_MS.map(Duration::from_millis);
    let [near, far, farther] = DELAYS_MS;
    writeln!(
        text,
        "Three replicas answer after {near}, {far} and {farther} ms. The first answer counts:\n"
    )?;
    writeln!(
        text,
        "{:20}{:>10}  {:18}{:>10}",
        "", "deadline", "outcome", "stopped"
    )?;
    type Ask = fn([Duration; 3], Duration) -> (Outcome, usize);
    let ways: [(&str, Ask); 2] = [
        ("told by a channel", |delays, deadline| {
            first::ask(&delays, deadline)
        }),
        ("cancelled", dropped::ask_and_wait),
    ];
    for (name, ask) in ways {
        for deadline_ms in [options.deadline_ms, TOO_SHORT_MS] {
            let (outcome, stopped) = ask(delays, Duration::from_millis(deadline_ms));
            let outcome = match outcome {
                Outcome::Answered(number) => format!("replica {number} answered"),
                Outcome::TooLate => "too late".to_owned(),
            };
            writeln!(
                text,
                "{name:20}{deadline_ms:>7} ms  {outcome:18}{stopped:>10}"
            )?;
        }
    }
    Ok(())
}

fn tenants(options: &Options, text: &mut String) -> Result {
    let (jobs, workers) = (options.jobs, options.workers);
    let shares: Vec<String> = options.shares.0.iter().map(u64::to_string).collect();
    let shares = shares.join(":");
    writeln!(
        text,
        "Tenants with shares {shares}, jobs of each {jobs}, workers {workers}. Whose job is given out:\n"
    )?;
    let (given, done) = scheduler::run(&options.shares.0, jobs, workers.into());
    let letters: Vec<String> = (given.iter().take(SHOWN))
        .map(|job| char::from(b'a' + job.tenant as u8).to_string())
        .collect();
    let more = if given.len() > SHOWN { " ..." } else { "" };
    writeln!(text, "{}{more}", letters.join(" "))?;
    writeln!(text, "{done} of {} jobs done", given.len())
}
