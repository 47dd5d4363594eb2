//! A table that is replaced while workers look into it.

use std::collections::BTreeMap;

use drill::sync::{Arc, Condvar, Mutex};

/// Holders by client, as they were at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// A later table has a larger one.
    pub version: u64,
    /// The holders.
    pub holders: BTreeMap<u32, u32>,
}

/// The newest table.
#[derive(Debug, Default)]
pub struct Tables {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    current: Mutex<(Arc<Table>, usize)>,
    free: Condvar,
}

/// The table for one batch of clients.
#[derive(Debug)]
pub struct Batch {
    table: Arc<Table>,
    shared: Arc<Shared>,
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.shared.current.lock().unwrap().1 -= 1;
        self.shared.free.notify_all();
    }
}

impl Tables {
    /// An empty table, of version 0.
    pub fn new() -> Tables {
        Tables::default()
    }

    /// A newer table takes the place of the one that is there; an older one does not.
    pub fn publish(&self, table: Table) {
        let current = self.shared.current.lock().unwrap();
        let free = self
            .shared
            .free
            .wait_while(current, |(_, readers)| *readers > 0);
        let mut current = free.unwrap();
        if table.version > current.0.version {
            current.0 = Arc::new(table);
        }
    }

    /// Begins a batch, with the newest table.
    pub fn begin(&self) -> Batch {
        let mut current = self.shared.current.lock().unwrap();
        current.1 += 1;
        Batch {
            table: Arc::clone(&current.0),
            shared: Arc::clone(&self.shared),
        }
    }
}

impl Batch {
    /// The version of the table.
    pub fn version(&self) -> u64 {
        self.table.version
    }

    /// The holder of a client.
    pub fn find(&self, client: u32) -> Option<u32> {
        self.table.holders.get(&client).copied()
    }
}
