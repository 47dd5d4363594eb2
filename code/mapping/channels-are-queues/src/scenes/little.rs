//! Little's law on a queue of our own: what its length says about the waiting.
//!
//! The clock is a counter. In each tick a customer may come and a customer may be served, by chance. The length
//! is read off the channel, the waiting is told by the customers, who carry the tick at which they came.

use std::io::{self, Write};

use crate::{Plan, bounded};

/// In so many of a thousand ticks an item is served, if there is one.
const SERVED_PER_1000: u64 = 500;

// ANCHOR: little
/// What was counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// From the first tick to the one in which the queue is empty again.
    pub ticks: u64,
    /// Customers that got in.
    pub accepted: u64,
    /// Customers that found it full.
    pub refused: u64,
    /// The length of the queue, added up over all ticks.
    pub length: u64,
    /// The ticks that the customers have waited, added up over all of them.
    pub waited: u64,
}

/// Lets customers come for some ticks, and then the rest go.
pub fn run(capacity: usize, come_per_1000: u64, ticks: u64, seed: u64) -> Counted {
    let (sender, receiver) = bounded(capacity);
    let mut counted = Counted::default();
    let mut chance = Chance(seed);
    while counted.ticks < ticks || !receiver.is_empty() {
        let now = counted.ticks;
        if chance.of_1000() < SERVED_PER_1000
            && let Ok(came) = receiver.try_recv()
        {
            counted.waited += now - came;
        }
        if chance.of_1000() < come_per_1000 && now < ticks {
            match sender.try_send(now) {
                Ok(()) => counted.accepted += 1,
                Err(_) => counted.refused += 1,
            }
        }
        counted.length += receiver.len() as u64;
        counted.ticks += 1;
    }
    counted
}
// ANCHOR_END: little

/// SplitMix64 (Steele, Lea, Flood, 2014): small enough to be written down twice, here and in Go.
struct Chance(u64);

impl Chance {
    fn of_1000(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % 1000
    }
}

/// Three loads, in per cent of what can be served.
pub fn report(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let capacity = plan.capacity;
    writeln!(out, "\na queue of {capacity}, {} ticks", plan.ticks)?;
    writeln!(out, "  load   refused  mean length  mean wait  rate * wait")?;
    for load in [50, 90, 120] {
        let counted = run(
            capacity,
            load * SERVED_PER_1000 / 100,
            plan.ticks,
            plan.seed,
        );
        let (ticks, accepted) = (counted.ticks as f64, counted.accepted.max(1) as f64);
        let length = counted.length as f64 / ticks;
        let wait = counted.waited as f64 / accepted;
        let product = accepted / ticks * wait;
        let refused = counted.refused;
        writeln!(
            out,
            "  {load:>3}% {refused:>9} {length:>12.3} {wait:>10.3} {product:>12.3}"
        )?;
    }
    Ok(())
}
