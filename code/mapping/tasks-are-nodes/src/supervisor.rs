//! A supervisor: it notices that a node has died, and knows what to do.
//!
//! As in Erlang's `supervisor`: which nodes are started again when one has died is a strategy, and there
//! is a limit to how often, because a node that dies of what it meets at once will meet it again. Erlang
//! counts the deaths of the last few seconds; we count all of them, so that a run always ends alike.

use std::io;

use tokio::sync::mpsc;

use crate::message::Message;
use crate::node::{Host, Node};

/// Who is started again when one has died.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Strategy {
    /// The one that has died: the others know nothing of it.
    OneForOne,
    /// All of them: what they know depends on each other.
    OneForAll,
}

/// How a death was dealt with.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// By a new beginning. The last words of the old one.
    Restarted(String),
    /// Not any more. What the others had counted when they were stopped.
    GivenUp(u64),
}

/// Nodes and who looks after them.
#[derive(Debug)]
pub struct Supervisor {
    host: Host,
    strategy: Strategy,
    nodes: Vec<Node>,
    restarts_left: u32,
    obituaries: mpsc::UnboundedReceiver<usize>,
    /// Given to each node that is started, and kept so that the channel does not end in between.
    reader: mpsc::UnboundedSender<usize>,
}

impl Supervisor {
    /// Starts the nodes.
    ///
    /// # Errors
    ///
    /// If the system has no thread for one.
    pub fn start(
        host: Host,
        strategy: Strategy,
        nodes: usize,
        restarts: u32,
    ) -> io::Result<Supervisor> {
        let (reader, obituaries) = mpsc::unbounded_channel();
        let mut supervisor = Supervisor {
            host,
            strategy,
            nodes: Vec::with_capacity(nodes),
            restarts_left: restarts,
            obituaries,
            reader,
        };
        supervisor.start_all(nodes)?;
        Ok(supervisor)
    }

    fn start_all(&mut self, nodes: usize) -> io::Result<()> {
        for number in 0..nodes {
            self.start_one(number)?;
        }
        Ok(())
    }

    fn start_one(&mut self, number: usize) -> io::Result<()> {
        let node = Node::start(&self.host, number, &self.reader)?;
        self.nodes.insert(number, node);
        Ok(())
    }

    /// The nodes, by number.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    // ANCHOR: attend
    /// Waits for a death, and does what is to be done.
    ///
    /// # Errors
    ///
    /// If the system has no thread for a new beginning.
    pub fn attend(&mut self) -> io::Result<Outcome> {
        let number = self.obituaries.blocking_recv();
        let number = number.expect("we hold a sender ourselves");
        let nodes = self.nodes.len();
        let dead = self.nodes.remove(number);
        let last_words = dead
            .join()
            .expect_err("a node ends only when it is stopped");
        if self.restarts_left == 0 {
            return Ok(Outcome::GivenUp(self.stop()));
        }
        self.restarts_left -= 1;
        match self.strategy {
            Strategy::OneForOne => self.start_one(number)?,
            Strategy::OneForAll => {
                self.stop();
                self.start_all(nodes)?;
            }
        }
        Ok(Outcome::Restarted(last_words))
    }
    // ANCHOR_END: attend

    /// Ends all nodes, in order; what they have counted. Their obituaries are no news.
    fn stop(&mut self) -> u64 {
        let mut total = 0;
        for node in self.nodes.drain(..) {
            total += node.join().unwrap_or(0);
        }
        while self.obituaries.try_recv().is_ok() {}
        total
    }

    /// Sends every node a number of ones to count.
    pub fn work(&self, messages: u64) {
        for _ in 0..messages {
            for node in &self.nodes {
                node.address().send(Message::Add(1));
            }
        }
    }

    /// What each node has counted; 0 for one that is dead.
    pub fn totals(&self) -> Vec<u64> {
        let nodes = self.nodes.iter();
        nodes
            .map(|node| node.address().ask().unwrap_or(0))
            .collect()
    }
}
