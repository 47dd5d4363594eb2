//! "Transport cost is zero": what it takes to hand over a thousand hits.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;

/// One hit, as a program has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Who asked.
    pub client: String,
    /// For what.
    pub route: String,
    /// How much it was.
    pub bytes: u64,
}

/// So many hits, the same in every run.
pub fn hits(many: u64) -> Vec<Hit> {
    (0..many)
        .map(|number| Hit {
            client: format!("192.0.2.{}", number % 256),
            route: format!("/page/{}", number % 200),
            bytes: 100 * number,
        })
        .collect()
}

// ANCHOR: encode
/// The hits as bytes that mean the same elsewhere: a line each.
pub fn encode(hits: &[Hit]) -> Vec<u8> {
    let lines = hits
        .iter()
        .map(|hit| format!("{} {} {}\n", hit.client, hit.route, hit.bytes));
    lines.collect::<String>().into_bytes()
}

/// The hits of such bytes; nothing if they are no such bytes.
pub fn decode(bytes: &[u8]) -> Option<Vec<Hit>> {
    let lines = std::str::from_utf8(bytes).ok()?.lines();
    lines
        .map(|line| {
            let mut words = line.split(' ');
            Some(Hit {
                client: words.next()?.to_owned(),
                route: words.next()?.to_owned(),
                bytes: words.next()?.parse().ok()?,
            })
        })
        .collect()
}
// ANCHOR_END: encode

/// Nanoseconds for so many hits: handed over through a channel, and encoded and decoded again.
pub fn each_ns(many: u64, rounds: u32) -> (f64, f64) {
    let (sender, receiver) = bounded(1);
    let mut all = hits(many);
    let begin = Instant::now();
    for _ in 0..rounds {
        sender.send(all).expect("both ends are ours");
        all = black_box(receiver.recv().expect("both ends are ours"));
    }
    let moved = begin.elapsed();
    let begin = Instant::now();
    for _ in 0..rounds {
        all = decode(black_box(&encode(&all))).expect("they are hits");
    }
    let encoded = begin.elapsed();
    assert_eq!(all, hits(many), "others came back");
    let each = |took: Duration| took.as_nanos() as f64 / f64::from(rounds);
    (each(moved), each(encoded))
}
