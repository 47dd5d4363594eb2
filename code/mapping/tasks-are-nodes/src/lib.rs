//! A task is a node: some nodes that count, one that dies, and one who notices.
//!
//! The program prints the same in every run, whether its nodes are threads or tasks, and its Go twin prints
//! it, too, with goroutines. What a panic says goes to standard error.

pub mod node;
pub mod supervisor;

use std::io::{self, Write};

use tokio::runtime::Runtime;

use crate::node::{Host, Message};
use crate::supervisor::{Outcome, Strategy, Supervisor};

/// How often a supervisor starts something again before it gives up.
const RESTARTS: u32 = 3;

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
#[command(about = "A task is a node.", version)]
pub struct Plan {
    /// What a node lives as.
    #[arg(long, value_enum, default_value_t = Kind::Thread)]
    pub kind: Kind,
    /// How many nodes there are.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub nodes: u32,
    /// Messages that each of them gets.
    #[arg(long, default_value_t = 1000)]
    pub messages: u64,
    /// Who is started again when one has died.
    #[arg(long, value_enum, default_value_t = Strategy::OneForOne)]
    pub strategy: Strategy,
}

/// Runs the nodes, and writes what becomes of them.
///
/// # Errors
///
/// If it cannot be written, or the runtime cannot be started.
pub fn report(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let host = match plan.kind {
        Kind::Thread => Host::Threads,
        Kind::Task => Host::Tasks(Runtime::new()?),
    };
    let mut supervisor = Supervisor::start(host, plan.strategy, plan.nodes as usize, RESTARTS);
    writeln!(out, "{} nodes, {} messages each", plan.nodes, plan.messages)?;
    supervisor.work(plan.messages);
    counted(&supervisor, out)?;

    let victim = plan.nodes as usize / 2;
    writeln!(out, "\nnode-{victim} gets a message that it cannot handle")?;
    supervisor.nodes()[victim].send(Message::Nonsense);
    // The message is behind it in the mailbox, and who should answer is dead.
    let answer = supervisor.nodes()[victim].read();
    writeln!(out, "  a question to it: {}", answer.map_or("no answer", |_| "answered"))?;
    if let Outcome::Restarted(last_words) = supervisor.attend() {
        writeln!(out, "  its last words: {last_words}")?;
    }

    writeln!(out, "\nthe supervisor has started it again")?;
    counted(&supervisor, out)?;

    writeln!(out, "\nit gets such a message again and again")?;
    let mut deaths = 1;
    loop {
        supervisor.nodes()[victim].send(Message::Nonsense);
        deaths += 1;
        if let Outcome::GivenUp(total) = supervisor.attend() {
            writeln!(out, "  {deaths} deaths, {RESTARTS} new lives: given up")?;
            return writeln!(out, "  the others are stopped, and have counted {total}");
        }
    }
}

/// What each node has counted.
fn counted(supervisor: &Supervisor, out: &mut impl Write) -> io::Result<()> {
    for (number, node) in supervisor.nodes().iter().enumerate() {
        let total = node.read().unwrap_or(0);
        writeln!(out, "  node-{number:<3} has counted {total:>8}")?;
    }
    Ok(())
}
