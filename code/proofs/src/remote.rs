//! What the steps reach by a connection, as a model: it answers each client with its name, or does worse.

use std::panic::resume_unwind;

use shuttle::future::yield_now;
use traffic::{Answer, Holder, Unresolved};

/// What becomes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// It is answered.
    Answer,
    /// It is not, and the others of its request are.
    Fail,
    /// The task that asks panics.
    Panic,
}

/// In place of the one in `traffic`.
#[derive(Clone, Debug)]
pub struct MultiplexedConnection {
    /// What becomes of the question for a client.
    pub does: fn(&[u8]) -> Does,
}

impl MultiplexedConnection {
    /// The answers in the order of the clients, after a while.
    pub async fn lookup_many(&self, clients: &[&[u8]]) -> Vec<Answer> {
        yield_now().await;
        let answers = clients.iter().map(|client| match (self.does)(client) {
            Does::Answer => Ok(named(client)),
            Does::Fail => Err(Unresolved),
            // Silently, unlike a panic.
            Does::Panic => resume_unwind(Box::new("bad luck")),
        });
        answers.collect()
    }
}

/// The holder that a client is answered with.
///
/// # Panics
///
/// If the client's name is not UTF-8.
pub fn named(client: &[u8]) -> Holder {
    Holder::new(std::str::from_utf8(client).expect("a name"))
}
