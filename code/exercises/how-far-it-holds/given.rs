//! A cache of blocks of clients: one answer for each.

use std::collections::BTreeMap;

/// An answer of the directory: the clients from `first` to `last`, both included, have this holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The first client.
    pub first: u32,
    /// The last client.
    pub last: u32,
    /// Their holder.
    pub holder: u32,
}

/// The blocks that are known.
#[derive(Debug, Default)]
pub struct Cache {
    blocks: BTreeMap<u32, Block>,
}

impl Cache {
    /// Nothing is known yet.
    pub fn new() -> Cache {
        Cache::default()
    }

    /// The holder of a client; the directory is asked if no known block has the client in it.
    pub fn get(&mut self, client: u32, ask: impl FnOnce(u32) -> Block) -> u32 {
        let below = self.blocks.range(..=client).next_back();
        if let Some((_, block)) = below {
            return block.holder;
        }
        let block = ask(client);
        self.blocks.insert(client, block);
        block.holder
    }
}
