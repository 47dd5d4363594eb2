//! A table that is replaced while workers look into it.

use std::collections::BTreeMap;

use drill::sync::{Arc, Mutex};

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
    current: Arc<Mutex<Arc<Table>>>,
}

/// The table for one batch of clients.
#[derive(Debug)]
pub struct Batch {
    table: Arc<Mutex<Arc<Table>>>,
}

impl Tables {
    /// An empty table, of version 0.
    pub fn new() -> Tables {
        Tables::default()
    }

    /// A newer table takes the place of the one that is there; an older one does not.
    pub fn publish(&self, table: Table) {
        let mut current = self.current.lock().unwrap();
        if table.version > current.version {
            *current = Arc::new(table);
        }
    }

    /// Begins a batch, with the newest table.
    pub fn begin(&self) -> Batch {
        let table = Arc::clone(&self.current);
        Batch { table }
    }
}

impl Batch {
    /// The version of the table.
    pub fn version(&self) -> u64 {
        self.table.lock().unwrap().version
    }

    /// The holder of a client.
    pub fn find(&self, client: u32) -> Option<u32> {
        let table = Arc::clone(&self.table.lock().unwrap());
        table.holders.get(&client).copied()
    }
}
