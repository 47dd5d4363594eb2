//! The directory itself, in this process: the nearest that fulfils the contract.

use std::time::Instant;

use tokio::time::timeout_at;
use traffic::directory::MultiplexedConnection;

use crate::contract::{Directory, Outcome, Why};
use crate::job::{Answers, Clients};

/// What it is called where it fails.
const NAME: &str = "the directory";

// ANCHOR: here
/// A directory that asks the one on the other side of a TCP connection, in that one's own language.
#[derive(Clone, Debug)]
pub struct Here(MultiplexedConnection);

impl Here {
    /// Asks over this connection.
    pub fn over(connection: MultiplexedConnection) -> Here {
        Here(connection)
    }
}

impl Directory for Here {
    async fn holders(&self, clients: Clients, deadline: Instant) -> Outcome<Answers> {
        let start = Instant::now();
        if deadline <= start {
            return Outcome::No(Why::Late.of(NAME));
        }
        let questions: Vec<&[u8]> = clients.iter().collect();
        match timeout_at(deadline.into(), self.0.lookup_many(&questions)).await {
            Ok(answers) => Outcome::Yes(Answers {
                answers,
                took: start.elapsed(),
            }),
            Err(_) => Outcome::Unknown(Why::Late.of(NAME)),
        }
    }
}
// ANCHOR_END: here
