//! A task is a node: some nodes that count, one that dies, and one who notices.
//!
//! The program prints the same in every run, whether its nodes are threads or tasks, and its Go twin prints
//! it, too, with goroutines.

pub mod mailbox;
pub mod node;
pub mod supervisor;
pub mod unwatched;

use std::io::{self, Write};
use std::time::Instant;

use tokio::runtime::Runtime;

use crate::node::{Host, Message};
use crate::supervisor::{Outcome, Strategy, Supervisor};

/// How often a supervisor starts something again before it gives up.
const RESTARTS: u32 = 3;

/// All messages of a run: with more it would take longer than one likes to wait.
const MESSAGES_MAX: u64 = 200_000;

/// More nodes than this are not listed one by one.
const LISTED_MAX: usize = 8;

/// What a node lives as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// A thread of the operating system.
    Thread,
    /// A task of tokio's runtime.
    Task,
}

/// What may be changed on the command line.
#[derive(Clone, Copy, Debug, clap::Parser)]
#[command(
    version,
    about = "Nodes that count: one of them dies, and a supervisor notices."
)]
pub struct Plan {
    /// What a node lives as.
    #[arg(long, value_enum, default_value_t = Kind::Thread)]
    pub kind: Kind,
    /// How many nodes there are, 2 to 10000.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub nodes: u32,
    /// Messages that each of them gets; all together at most 200000.
    #[arg(long, default_value_t = 1000)]
    pub messages: u64,
    /// Who is started again when one has died.
    #[arg(long, value_enum, default_value_t = Strategy::OneForOne)]
    pub strategy: Strategy,
    /// Let nobody look after the nodes, and see what one death does then.
    #[arg(long)]
    pub unwatched: bool,
    /// Say how long it took to start the nodes, and until they had counted.
    #[arg(long)]
    pub timed: bool,
}

impl Plan {
    /// Whether a run would end soon; why not, if not.
    ///
    /// # Errors
    ///
    /// If there are too many messages.
    pub fn check(&self) -> Result<(), String> {
        let all = u64::from(self.nodes).checked_mul(self.messages);
        if all.is_some_and(|all| all <= MESSAGES_MAX) {
            return Ok(());
        }
        let (nodes, messages) = (self.nodes, self.messages);
        Err(format!(
            "{messages} messages for each of {nodes} nodes are too many: {MESSAGES_MAX} is the limit for all together"
        ))
    }

    fn host(&self) -> io::Result<Host> {
        Ok(match self.kind {
            Kind::Thread => Host::Threads,
            Kind::Task => Host::Tasks(Runtime::new()?),
        })
    }

    /// The node that will die.
    fn victim(&self) -> usize {
        self.nodes as usize / 2
    }
}

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
