//! Nodes that are not watched: one dies, and the program goes on as if nothing had happened.
//!
//! The Go twin is different here, and has to be: a panic without a `recover` ends its process.

use std::io::{self, Write};
use std::thread;

use crate::mailbox::{Address, Mailbox};
use crate::message::Message;
use crate::node::{Host, live, live_as_task, no_thread};
use crate::plan::Plan;

// ANCHOR: unwatched
/// Starts a node and throws its handle away: if it dies, no other part is told.
fn start(host: &Host) -> io::Result<Address> {
    let (address, mailbox) = Mailbox::new();
    match host {
        Host::Threads => {
            let life = thread::Builder::new().spawn(move || live(mailbox));
            drop(life.map_err(no_thread)?);
        }
        Host::Tasks(runtime) => drop(runtime.spawn(live_as_task(mailbox))),
    }
    Ok(address)
}
// ANCHOR_END: unwatched

/// Runs such nodes, and writes what becomes of them.
///
/// # Errors
///
/// If it cannot be written, or the system has no more threads.
pub fn report(plan: &Plan, host: &Host, out: &mut impl Write) -> io::Result<()> {
    let victim = plan.victim();
    writeln!(out, "{} nodes that are not watched", plan.nodes)?;
    let nodes: io::Result<Vec<Address>> = (0..plan.nodes).map(|_| start(host)).collect();
    let nodes = nodes?;
    writeln!(out, "node-{victim} gets a message that it cannot handle")?;
    nodes[victim].send(Message::Nonsense);
    for number in [victim, 0] {
        let answer = nodes[number].ask().map_or("no answer", |_| "answered");
        writeln!(out, "  a question to node-{number}: {answer}")?;
    }
    writeln!(
        out,
        "the program ends as usual: no other part of it has been told"
    )
}
