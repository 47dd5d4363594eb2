//! What the program prints: what is counted, and what is timed.

use std::fmt::Write;
use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::Duration;

use clap::Parser;

use crate::reliable::{self, Delivery, TAKEN};
use crate::{bandwidth, clock, equal, latency, topology, transport, trust, versions};

/// The eight fallacies of distributed computing, each with an experiment inside one machine.
#[derive(Debug, Parser)]
pub struct Options {
    /// How many messages are sent to somebody who goes
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u16).range(11..=1000))]
    pub messages: u16,
    /// How many messages a channel holds
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(11..=1000))]
    pub capacity: u16,
    /// How many nodes there are before one more comes, and how many are upgraded
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub nodes: u8,
    /// How far the receiver's clock is behind, in milliseconds
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(0..=60_000))]
    pub behind_ms: u16,
    /// The size of the larger memory, in MiB
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub memory_mib: u16,
    /// How many rounds are timed
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub rounds: u32,
}

/// Keys that have an owner.
const KEYS: u64 = 100_000;

/// Hits that are handed over.
const HITS: u64 = 1000;

/// What comes out the same in every run.
pub fn counted(options: &Options) -> String {
    let mut text = "Counted: the same in every run.\n".to_owned();
    for part in [reliable, secure, changes, administrator, cost, one_clock] {
        part(options, &mut text).expect("a string takes all");
    }
    text
}

/// What is timed here and now.
pub fn timed(options: &Options) -> String {
    let mut text = "\nTimed: on this machine, just now.\n".to_owned();
    for part in [zero, infinite, transported, homogeneous] {
        part(options, &mut text).expect("a string takes all");
    }
    text
}

fn reliable(options: &Options, text: &mut String) -> std::fmt::Result {
    let messages = usize::from(options.messages);
    writeln!(text, "\n1. The network is reliable. The receiver takes {TAKEN} of {messages} messages, and goes:\n")?;
    for (name, Delivery { accepted, processed }) in [
        ("a channel", reliable::channel(messages, options.capacity.into())),
        ("TCP", reliable::tcp(messages)),
        ("TCP, answered one by one", reliable::acknowledged(messages)),
    ] {
        let lost = accepted - processed;
        writeln!(text, "   {name:26}{accepted:>5} sent, {processed:>3} processed, {lost:>4} lost")?;
    }
    Ok(())
}

fn secure(_: &Options, text: &mut String) -> std::fmt::Result {
    writeln!(text, "\n4. The network is secure. Two friends and a stranger come, and are served:\n")?;
    writeln!(text, "   {:26}{:>5}", "a channel", trust::channel())?;
    writeln!(text, "   {:26}{:>5}", "TCP", trust::tcp(None))?;
    writeln!(text, "   {:26}{:>5}", "TCP, with a secret", trust::tcp(Some("open sesame")))
}

fn changes(options: &Options, text: &mut String) -> std::fmt::Result {
    let nodes = u64::from(options.nodes);
    writeln!(text, "\n5. Topology doesn't change. After {nodes} nodes there are {}. Of {KEYS} keys move:\n", nodes + 1)?;
    writeln!(text, "   {:26}{:>6}", "by remainder", topology::moved(KEYS, nodes, topology::remainder))?;
    writeln!(text, "   {:26}{:>6}", "by rendezvous", topology::moved(KEYS, nodes, topology::rendezvous))
}

fn administrator(options: &Options, text: &mut String) -> std::fmt::Result {
    let nodes = usize::from(options.nodes);
    writeln!(text, "\n6. There is one administrator. {nodes} nodes are upgraded one by one. Messages refused on the way:\n")?;
    let readers: [(&str, fn(versions::Version, &str) -> Option<u64>); 2] = [
        ("strict readers", versions::strict),
        ("tolerant readers", versions::tolerant),
    ];
    for (name, read) in readers {
        let refused = versions::refused(nodes, read);
        let refused: Vec<String> = refused.iter().map(|refused| format!("{refused:>3}")).collect();
        writeln!(text, "   {name:20}{}", refused.join(" "))?;
    }
    Ok(())
}

fn cost(_: &Options, text: &mut String) -> std::fmt::Result {
    let (moved, encoded) = (size_of::<Vec<transport::Hit>>(), transport::encode(&transport::hits(HITS)).len());
    writeln!(text, "\n7. Transport cost is zero. To hand over {HITS} hits:\n")?;
    writeln!(text, "   {:26}{moved:>6} bytes", "in a channel")?;
    writeln!(text, "   {:26}{encoded:>6} bytes", "as text on a wire")
}

fn one_clock(options: &Options, text: &mut String) -> std::fmt::Result {
    let behind = Duration::from_millis(options.behind_ms.into());
    let percent = |backwards: usize| format!("{:.0} %", 100.0 * backwards as f64 / 1000.0);
    writeln!(text, "\n9. There is one clock. Of 1000 messages arrive before they were sent:\n")?;
    writeln!(text, "   {:26}{:>6}", "one clock", percent(clock::backwards(1000, Duration::ZERO)))?;
    let name = format!("two, one {} ms behind", options.behind_ms);
    writeln!(text, "   {name:26}{:>6}", percent(clock::backwards(1000, behind)))?;
    writeln!(text, "   {:26}{:>6}", "two that count", percent(clock::logical(1000)))
}

fn zero(options: &Options, text: &mut String) -> std::fmt::Result {
    let (mib, rounds) = (usize::from(options.memory_mib), options.rounds as usize);
    let far = format!("a step in {mib} MiB");
    writeln!(text, "\n2. Latency is zero. From here to there:\n")?;
    for (name, ns) in [
        ("a step in 16 KiB", latency::memory_ns(16 * 1024, 100 * rounds)),
        (far.as_str(), latency::memory_ns(mib * 1024 * 1024, 100 * rounds)),
        ("a channel, and back", latency::channel_ns(rounds)),
        ("TCP, and back", latency::tcp_ns(rounds)),
    ] {
        writeln!(text, "   {name:26}{ns:>10.1} ns")?;
    }
    Ok(())
}

fn infinite(options: &Options, text: &mut String) -> std::fmt::Result {
    let bytes = usize::from(options.memory_mib) * 1024 * 1024;
    let threads = available_parallelism().map_or(2, NonZero::get);
    let all = format!("memory, {threads} threads");
    writeln!(text, "\n3. Bandwidth is infinite. What is copied in a second:\n")?;
    for (name, per_s) in [
        ("memory, one thread", bandwidth::memory(1, bytes)),
        (all.as_str(), bandwidth::memory(threads, bytes)),
        ("TCP", bandwidth::tcp(bytes)),
    ] {
        writeln!(text, "   {name:26}{:>10.1} MB", per_s / 1e6)?;
    }
    Ok(())
}

fn transported(options: &Options, text: &mut String) -> std::fmt::Result {
    let (moved, encoded) = transport::each_ns(HITS, options.rounds.div_ceil(10));
    writeln!(text, "\n7. Transport cost is zero. For each of {HITS} hits:\n")?;
    writeln!(text, "   {:26}{moved:>10.1} ns", "handed over")?;
    writeln!(text, "   {:26}{encoded:>10.1} ns", "encoded and decoded")
}

fn homogeneous(options: &Options, text: &mut String) -> std::fmt::Result {
    let spread = equal::spread(options.rounds as usize, 20_000);
    writeln!(text, "\n8. The network is homogeneous. {} equal jobs, one after the other:\n", options.rounds)?;
    writeln!(text, "   {:26}{:>10.1} us", "half take at most", spread.median_ns / 1e3)?;
    writeln!(text, "   {:26}{:>10.1} us", "99 of 100", spread.p99_ns / 1e3)?;
    writeln!(text, "   {:26}{:>10.1} us", "the slowest", spread.slowest_ns / 1e3)
}
