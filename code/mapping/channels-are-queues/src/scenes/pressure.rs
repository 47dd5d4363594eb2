//! Where the waiting is: in the queue, or in front of it.

use std::io::{self, Write};

use crossbeam_channel::bounded;

use crate::Plan;

// ANCHOR: pressure
/// Where the items are in the end.
#[derive(Debug, PartialEq, Eq)]
pub struct Places {
    /// With the consumer.
    pub done: u64,
    /// In the channel.
    pub queue: u64,
    /// Still with the producer, who found the channel full.
    pub door: u64,
}

/// A producer makes one item a tick; a consumer takes one every few ticks.
pub fn run(capacity: usize, items: u64, serve: u64) -> Places {
    let (sender, receiver) = bounded(capacity);
    let (mut done, mut door) = (0, 0);
    for tick in 1..=items {
        door += 1;
        if tick % serve == 0 && receiver.try_recv().is_ok() {
            done += 1;
        }
        while door > 0 && sender.try_send(()).is_ok() {
            door -= 1;
        }
    }
    Places {
        done,
        queue: receiver.len() as u64,
        door,
    }
}
// ANCHOR_END: pressure

/// The same load on three capacities.
pub fn report(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let (items, serve) = (plan.items, plan.serve);
    writeln!(
        out,
        "\n{items} items, one a tick; the consumer takes one every {serve} ticks"
    )?;
    writeln!(out, "  capacity         done     in queue      at door")?;
    for capacity in [1, plan.capacity, 8 * plan.capacity] {
        let Places { done, queue, door } = run(capacity, items, serve);
        writeln!(out, "  {capacity:>8} {done:>12} {queue:>12} {door:>12}")?;
    }
    Ok(())
}
