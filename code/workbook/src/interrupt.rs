//! Ctrl-C as a request that work looks at, so that it ends where it makes sense.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

/// Whether the reader has asked us to stop.
#[derive(Clone)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens for Ctrl-C and the request to terminate from now on; to be called once.
    ///
    /// # Errors
    ///
    /// If the system has no such signals to give.
    pub fn listen() -> Result<Interrupt> {
        let interrupt = Interrupt(Arc::default());
        let flag = Arc::clone(&interrupt.0);
        // Relaxed: the flag is all that is said.
        ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed))
            .context("cannot listen for Ctrl-C")?;
        Ok(interrupt)
    }

    /// None is asked for: for tests, which share one process.
    #[cfg(test)]
    pub fn never() -> Interrupt {
        Interrupt(Arc::default())
    }

    /// The reader has asked already: for tests.
    #[cfg(test)]
    pub fn at_once() -> Interrupt {
        Interrupt(Arc::new(AtomicBool::new(true)))
    }

    /// Whether it is time to end.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
