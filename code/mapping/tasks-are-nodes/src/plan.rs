//! The parameters of a run.

use std::io;

use tokio::runtime::Runtime;

use crate::node::Host;
use crate::supervisor::Strategy;

/// All messages of a run: with more it would take longer than one likes to wait.
const MESSAGES_MAX: u64 = 200_000;

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
    /// Do not watch the nodes, and see what one death does then.
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

    /// What the nodes live on.
    pub(crate) fn host(&self) -> io::Result<Host> {
        Ok(match self.kind {
            Kind::Thread => Host::Threads,
            Kind::Task => Host::Tasks(Runtime::new()?),
        })
    }

    /// The node that will die.
    pub(crate) fn victim(&self) -> usize {
        self.nodes as usize / 2
    }
}
