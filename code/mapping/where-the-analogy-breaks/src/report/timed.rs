//! What is timed here and now, and never the same twice.

use std::fmt::{Result, Write};

use super::options::{HITS, Options};
use crate::{bandwidth, equal, latency, transport};

/// Bytes that are copied, or sent: more than any cache holds.
const BYTES: usize = 32 * 1024 * 1024;

/// Multiplications of a job.
const STEPS: u64 = 20_000;

pub(super) fn all(options: &Options, text: &mut String) -> Result {
    latency(options, text)?;
    bandwidth(text)?;
    transport(options, text)?;
    equal(options, text)
}

fn latency(options: &Options, text: &mut String) -> Result {
    let (mib, rounds) = (usize::from(options.memory_mib), options.rounds as usize);
    writeln!(text, "\n2. Latency is zero. From here to there:\n")?;
    for (name, ns) in [
        (
            "a step in 16 KiB".to_owned(),
            latency::memory_ns(16 * 1024, 100 * rounds),
        ),
        (
            format!("a step in {mib} MiB"),
            latency::memory_ns(mib * 1024 * 1024, 100 * rounds),
        ),
        (
            "a channel, and back".to_owned(),
            latency::channel_ns(rounds),
        ),
        ("TCP, and back".to_owned(), latency::tcp_ns(rounds)),
    ] {
        writeln!(text, "   {name:26}{ns:>10.1} ns")?;
    }
    Ok(())
}

fn bandwidth(text: &mut String) -> Result {
    writeln!(
        text,
        "\n3. Bandwidth is infinite. What is copied in a second:\n"
    )?;
    for (name, per_s) in [
        ("memory, one thread", bandwidth::memory(1, BYTES)),
        ("memory, two threads", bandwidth::memory(2, BYTES)),
        ("TCP", bandwidth::tcp(BYTES)),
    ] {
        writeln!(text, "   {name:26}{:>10.1} MB", per_s / 1e6)?;
    }
    Ok(())
}

fn transport(options: &Options, text: &mut String) -> Result {
    let (moved_ns, encoded_ns) = transport::each_ns(HITS, options.rounds.div_ceil(10));
    writeln!(
        text,
        "\n7. Transport cost is zero. To hand over {HITS} hits takes:\n"
    )?;
    for (name, ns) in [
        ("in a channel", moved_ns),
        ("as text, and back", encoded_ns),
    ] {
        writeln!(text, "   {name:26}{:>10.1} µs", ns / 1e3)?;
    }
    Ok(())
}

fn equal(options: &Options, text: &mut String) -> Result {
    let spread = equal::spread(options.rounds as usize, STEPS);
    writeln!(
        text,
        "\n8. The network is homogeneous. {} equal jobs, one after the other:\n",
        options.rounds
    )?;
    for (name, ns) in [
        ("half take at most", spread.median_ns),
        ("99 of 100", spread.p99_ns),
        ("the slowest", spread.slowest_ns),
    ] {
        writeln!(text, "   {name:26}{:>10.1} µs", ns / 1e3)?;
    }
    Ok(())
}
