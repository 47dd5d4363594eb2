//! Somebody who notices that a node has died, and knows what to do.
//!
//! As in Erlang's `supervisor`: which nodes are started again when one has died is a strategy, and there
//! is a limit to how often, because a node that dies of what it meets at once will meet it again.

use tokio::sync::mpsc;

use crate::node::{Host, Message, Node};

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
    pub fn start(host: Host, strategy: Strategy, nodes: usize, restarts: u32) -> Supervisor {
        let (reader, obituaries) = mpsc::unbounded_channel();
        let nodes = (0..nodes).map(|            let all = self.nodes.len();
            self.stop();
            for number in 0..all {
                let node = Node::start(&self.host, number, &self.reader);
                self.nodes.push(node);
            }| Node::start(&host, number, &reader));
        let nodes = nodes.collect();
        Supervisor {
            host,
            strategy,
            nodes,
            restarts_left: restarts,
            obituaries,
            reader,
        }
    }

    /// The nodes, by number.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    // ANCHOR: attend
    /// Waits for a death, and does what is to be done.
    pub fn attend(&mut self) -> Outcome {
        let number = self.obituaries.blocking_recv();
        let number = number.expect("we hold a sender ourselves");
        let successor = Node::start(&self.host, number, &self.reader);
        let dead = std::mem::replace(&mut self.nodes[number], successor);
        let last_words = match dead.join(&self.host) {
            Ok(total) => format!("nothing, it ended with {total}"),
            Err(last_words) => last_words,
        };
        if self.restarts_left == 0 {
            return Outcome::GivenUp(self.stop());
        }
        self.restarts_left -= 1;
        if self.strategy == Strategy::OneForAll {
            self.stop();
            let all = (0..self.nodes.len()).map(|number| Node::start(&self.host, number, &self.reader));
            self.nodes = all.collect();
        }
        Outcome::Restarted(last_words)
    }
    // ANCHOR_END: attend

    /// Ends all nodes, in order; what they have counted. Their obituaries are no news.
    fn stop(&mut self) -> u64 {
        let mut total = 0;
        for node in self.nodes.drain(..) {
            total += node.join(&self.host).unwrap_or(0);
        }
        while self.obituaries.try_recv().is_ok() {}
        total
    }

    /// Sends every node a number of ones to count.
    pub fn work(&self, messages: u64) {
        for _ in 0..messages {
            for node in &self.nodes {
                node.send(Message::Add(1));
            }
        }
    }
}
