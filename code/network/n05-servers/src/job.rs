//! What is asked of the lookup, and what it answers: whole batches, each with the way back in it.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use traffic::Answer;

/// How many clients a batch has at most: as many as the directory takes in one request.
pub const CLIENTS_MAX: usize = 4096;

/// The bytes of clients at which a batch is full, however few they are. A bound for what carries it.
pub const CLIENT_BYTES_MAX: usize = 64 * 1024;

// ANCHOR: job
/// A batch of clients to be looked up, and the channel for its answers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Job<A> {
    /// Which holders are wanted.
    pub clients: Clients,
    /// When the first of their lines arrived, by the clock on the wall. The monotonic clock that measures
    /// better means nothing elsewhere: its type cannot even be sent.
    pub since: SystemTime,
    /// Takes one message, [`Answers`].
    pub answers: A,
}

/// The answers to a job: all of them at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "crate::coded::Coded", try_from = "crate::coded::Coded")]
pub struct Answers {
    /// One for each client, in their order.
    pub answers: Vec<Answer>,
    /// How long the lookup had the job.
    pub took: Duration,
}
// ANCHOR_END: job

/// The clients of a batch, one behind the other: one piece of memory and not one for each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clients {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
    /// The length of each. No address or host name has more than 255 bytes.
    #[serde(with = "serde_bytes")]
    lengths: Vec<u8>,
}

impl Clients {
    /// Adds a client. One that is too long to be asked for goes as an empty one: neither has a holder.
    pub fn push(&mut self, client: &[u8]) {
        let (client, length) = match u8::try_from(client.len()) {
            Ok(length) => (client, length),
            Err(_) => (&[][..], 0),
        };
        self.bytes.extend_from_slice(client);
        self.lengths.push(length);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// Whether no more should travel together.
    pub fn is_full(&self) -> bool {
        self.lengths.len() >= CLIENTS_MAX || self.bytes.len() >= CLIENT_BYTES_MAX
    }

    /// The clients in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = &self.bytes[..];
        self.lengths.iter().map_while(move |&length| {
            let (client, behind) = rest.split_at_checked(length.into())?;
            rest = behind;
            Some(client)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_come_out_as_they_went_in() {
        let longest = [b'x'; 255];
        let too_long = [b'x'; 256];
        let mut clients = Clients::default();
        for client in [b"a".as_slice(), b"", &longest, &too_long, b"bc"] {
            clients.push(client);
        }
        let out: Vec<&[u8]> = clients.iter().collect();
        assert_eq!(out, [b"a".as_slice(), b"", &longest, b"", b"bc"]);
        assert_eq!(clients.len(), 5);
    }
}
