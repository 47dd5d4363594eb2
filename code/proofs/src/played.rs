//! What the code of the plays takes from around it, `crate::played` in the included files.

use std::collections::HashMap;
use std::time::Duration;

use shuttle::future;
use shuttle::sync::Mutex;
use shuttle::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// How long a batch waits for more.
pub const LINGER: Duration = Duration::from_millis(1);

/// As many items as a batch has.
pub const SIZE: usize = 2;

/// How often the controller looks before it takes a worker for superfluous.
pub const LOOKS: usize = 2;

/// As many workers as a pool begins with.
pub const WORKERS: usize = 2;

/// A cache as the play has it.
#[derive(Debug, Default)]
pub struct Cache(Mutex<HashMap<u32, u32>>);

impl Cache {
    /// The holder, if it is known.
    pub fn get(&self, client: u32) -> Option<u32> {
        self.0.lock().expect("no panic").get(&client).copied()
    }

    /// Remembers a holder.
    pub fn insert(&self, client: u32, holder: u32) {
        self.0.lock().expect("no panic").insert(client, holder);
    }
}

/// A directory that counts how often it is asked.
#[derive(Debug, Default)]
pub struct Directory(AtomicUsize);

impl Directory {
    /// Answers, and lets other tasks go on before it does.
    pub async fn ask(&self, client: u32) -> u32 {
        self.0.fetch_add(1, SeqCst);
        future::yield_now().await;
        client + 10
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.0.load(SeqCst)
    }
}
