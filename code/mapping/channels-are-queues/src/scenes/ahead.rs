//! How far a sender gets while nothing is received.

use std::io::{self, Write};

use crossbeam_channel::{Sender, bounded, unbounded};

use crate::Plan;

// ANCHOR: ahead
/// How many items a sender gets rid of without waiting.
fn accepted(sender: &Sender<u64>, items: u64) -> usize {
    (0..items)
        .take_while(|&item| sender.try_send(item).is_ok())
        .count()
}

/// Three channels, and no receiver takes anything.
pub fn report(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    // The receivers are held: without one a channel refuses everything.
    let (rendezvous, _held) = bounded(0);
    let (bounded, _held_too) = bounded(plan.capacity);
    let (unbounded, _held_as_well) = unbounded();
    writeln!(
        out,
        "{} items, and none is received: the sender gets rid of",
        plan.items
    )?;
    writeln!(
        out,
        "  rendezvous {:>12}",
        accepted(&rendezvous, plan.items)
    )?;
    writeln!(out, "  bounded    {:>12}", accepted(&bounded, plan.items))?;
    writeln!(out, "  unbounded  {:>12}", accepted(&unbounded, plan.items))
}
// ANCHOR_END: ahead
