//! The sending side of an exchange: lines of clients go to the clients' owners.

use std::collections::BTreeMap;

/// A sender keeps so many clients at most.
pub const KEPT_MAX: usize = 64;

/// Hits of a client: as many as it says.
pub type Hits = (u32, u64);

/// The worker that owns a client.
pub fn owner(client: u32, workers: usize) -> usize {
    client.wrapping_mul(2_654_435_769) as usize % workers
}

/// One machine's end of the exchange.
#[derive(Debug)]
pub struct Sender {
    workers: usize,
    /// Hits that are not sent yet.
    kept: BTreeMap<u32, u64>,
}

impl Sender {
    /// A sender to so many workers.
    pub fn new(workers: usize) -> Sender {
        Sender {
            workers,
            kept: BTreeMap::new(),
        }
    }

    /// Takes a line of a client. `send` sends hits to a worker.
    pub fn line(&mut self, client: u32, send: &mut dyn FnMut(usize, Hits)) {
        if self.kept.len() == KEPT_MAX && !self.kept.contains_key(&client) {
            self.finish(send);
        }
        *self.kept.entry(client).or_insert(0) += 1;
    }

    /// Sends what is left.
    pub fn finish(&mut self, send: &mut dyn FnMut(usize, Hits)) {
        for (client, hits) in std::mem::take(&mut self.kept) {
            send(owner(client, self.workers), (client, hits));
        }
    }

    /// How many clients are kept.
    pub fn kept(&self) -> usize {
        self.kept.len()
    }
}
