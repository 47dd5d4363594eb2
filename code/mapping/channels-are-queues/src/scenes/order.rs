//! What a channel promises about order, and what its end means.

use std::io::{self, Write};
use std::thread;

use crossbeam_channel::bounded;

use crate::Plan;

// ANCHOR: order
/// Two senders into one channel. Receives until both are gone; how many came, and whether those of each
/// sender came in its order.
pub fn run(capacity: usize, items: u64) -> (u64, bool) {
    let (sender, receiver) = bounded(capacity);
    for number in 0..2 {
        let sender = sender.clone();
        thread::spawn(move || {
            for item in 0..items {
                // Without a receiver there is none to tell.
                let _ = sender.send((number, item));
            }
        }); // this sender goes, and the last one to go closes the channel
    }
    drop(sender);
    let (mut received, mut next, mut in_order) = (0, [0, 0], true);
    for (number, item) in receiver {
        received += 1;
        in_order &= item == next[number];
        next[number] = item + 1;
    }
    (received, in_order)
}
// ANCHOR_END: order

/// Says what came.
pub fn report(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let (received, in_order) = run(plan.capacity, plan.items);
    let each = if in_order { "yes" } else { "no" };
    writeln!(
        out,
        "\ntwo senders, {} items each, then both are gone",
        plan.items
    )?;
    writeln!(out, "  received before the end {received:>8}")?;
    writeln!(out, "  in the order of each    {each:>8}")
}
