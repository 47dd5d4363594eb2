//! A task is a node: some nodes that count, one that dies, and one who notices.
//!
//! The program prints the same in every run, whether its nodes are threads or tasks, and its Go twin prints
//! it, too, with goroutines.

pub mod mailbox;
pub mod message;
pub mod node;
mod plan;
pub mod supervisor;
pub mod unwatched;

use std::io::{self, Write};
use std::time::Instant;

use crate::message::Message;
use crate::supervisor::{Outcome, Strategy, Supervisor};

pub use crate::plan::{Kind, Plan};

/// How often a supervisor starts something again before it gives up.
const RESTARTS: u32 = 3;

/// More nodes than this are not listed one by one.
const LISTED_MAX: usize = 8;

/// Runs the nodes, and writes what becomes of them.
///
/// # Errors
///
/// If it cannot be written, or the system has no more threads.
pub fn report(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let host = plan.host()?;
    if plan.unwatched {
        return unwatched::report(plan, &host, out);
    }
    writeln!(out, "{} nodes, {} messages each", plan.nodes, plan.messages)?;
    let begun = Instant::now();
    let mut supervisor = Supervisor::start(host, plan.strategy, plan.nodes as usize, RESTARTS)?;
    let started = begun.elapsed();
    supervisor.work(plan.messages);
    let totals = supervisor.totals();
    let counted = begun.elapsed() - started;
    list(&totals, plan, out)?;
    if plan.timed {
        writeln!(out, "  started in {started:.1?}, counted in {counted:.1?}")?;
    }
    a_death(&mut supervisor, plan, out)?;
    many_deaths(&mut supervisor, plan, out)
}

/// One node gets a message that it was not made for.
fn a_death(supervisor: &mut Supervisor, plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let victim = plan.victim();
    writeln!(out, "\nnode-{victim} gets a message that it cannot handle")?;
    let address = supervisor.nodes()[victim].address();
    address.send(Message::Nonsense);
    // The question is behind it in the mailbox, and who should answer is dead.
    let answer = address.ask().map_or("no answer", |_| "answered");
    writeln!(out, "  a question to it: {answer}")?;
    if let Outcome::Restarted(last_words) = supervisor.attend()? {
        writeln!(out, "  its last words: {last_words}")?;
    }
    let again = match plan.strategy {
        Strategy::OneForOne => "it",
        Strategy::OneForAll => "all of them",
    };
    writeln!(out, "\nthe supervisor has started {again} again")?;
    list(&supervisor.totals(), plan, out)
}

/// And again, until the supervisor gives up.
fn many_deaths(supervisor: &mut Supervisor, plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nit gets such a message again and again")?;
    let mut deaths = 1;
    loop {
        let victim = &supervisor.nodes()[plan.victim()];
        victim.address().send(Message::Nonsense);
        deaths += 1;
        if let Outcome::GivenUp(total) = supervisor.attend()? {
            writeln!(out, "  {deaths} deaths, {RESTARTS} new lives: given up")?;
            return writeln!(out, "  the others are stopped, and had counted {total}");
        }
    }
}

/// What each node has counted; of many nodes only the one that dies and its neighbours.
fn list(totals: &[u64], plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let victim = plan.victim();
    let mut others = 0;
    for (number, total) in totals.iter().enumerate() {
        if totals.len() <= LISTED_MAX || number.abs_diff(victim) <= 1 {
            writeln!(out, "  node-{number:<4} has counted {total:>8}")?;
        } else {
            others += total;
        }
    }
    if totals.len() > LISTED_MAX {
        let number = totals.len() - 3;
        writeln!(out, "  {number} others have counted {others} together")?;
    }
    Ok(())
}
