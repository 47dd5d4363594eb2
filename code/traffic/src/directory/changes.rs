//! A table that changes by the clock, so that it can be seen how far behind its readers are.
//!
//! Nothing about who holds what changes, only the names: in version 7 the holder `X` is called `X #7`.
//! So a report says under which version each of its hits was counted. Versions are due at fixed times
//! and not so long after one another: which one is due at a moment is known without asking.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::table::Table;
use crate::Error;

/// The table that a server answers from now.
#[derive(Debug)]
pub(super) struct Current(RwLock<Arc<Table>>);

impl Current {
    pub fn new(table: Arc<Table>) -> Current {
        Current(RwLock::new(table))
    }

    /// The table as it is now, for one whole answer. The lock is not held while that is written: a
    /// client that does not read would keep the next version from all others.
    pub fn get(&self) -> Arc<Table> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn set(&self, table: Arc<Table>) {
        let old = {
            let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, table)
        };
        // A table of millions of rows takes its time to be given back, and no reader is to wait for that.
        drop(old);
    }
}

/// When each version is due. The first one is there from the start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timetable {
    start: Instant,
    every: Duration,
}

impl Timetable {
    /// The version that is due at a time.
    pub fn version_at(self, time: Instant) -> u64 {
        let since_ns = time.saturating_duration_since(self.start).as_nanos();
        // Centuries of nanoseconds fit, and to change every nanosecond is often enough.
        1 + u64::try_from(since_ns / self.every.as_nanos().max(1)).unwrap_or(u64::MAX - 1)
    }

    /// How long until a version is due.
    fn until(self, version: u64) -> Duration {
        let after_ns = self
            .every
            .as_nanos()
            .saturating_mul(u128::from(version - 1));
        let since_ns = self.start.elapsed().as_nanos();
        Duration::from_nanos(u64::try_from(after_ns.saturating_sub(since_ns)).unwrap_or(u64::MAX))
    }
}

/// The thread that publishes each version when it is due, until it is dropped.
#[derive(Debug)]
pub(super) struct Publisher {
    pub timetable: Timetable,
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Publisher {
    /// Publishes version 1 of the table now, and then a new one every so often.
    pub fn start(
        table: Arc<Table>,
        every: Duration,
        publish: impl Fn(Arc<Table>) + Send + 'static,
    ) -> Result<Publisher, Error> {
        publish(Arc::new(table.renamed(1)));
        let timetable = Timetable {
            start: Instant::now(),
            every,
        };
        let (end, ended) = channel();
        let thread = thread::Builder::new()
            .name("publisher".into())
            .spawn(move || run(&table, timetable, &ended, publish))
            .map_err(|source| Error::System {
                what: "cannot start the directory's publisher",
                source,
            })?;
        Ok(Publisher {
            timetable,
            end: Some(end),
            thread: Some(thread),
        })
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.end.take();
        if let Some(thread) = self.thread.take() {
            // A panic in there has been printed; a second one here would abort the process.
            let _ = thread.join();
        }
    }
}

/// Makes each version ahead of its time, and publishes it then. What it has no time for is left out:
/// a version that is late already is of no use.
fn run(table: &Table, timetable: Timetable, ended: &Receiver<()>, publish: impl Fn(Arc<Table>)) {
    loop {
        let version = timetable.version_at(Instant::now()) + 1;
        let next = Arc::new(table.renamed(version));
        match ended.recv_timeout(timetable.until(version)) {
            Err(RecvTimeoutError::Timeout) => publish(next),
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_due_when_its_time_has_come() {
        let every = Duration::from_millis(10);
        let start = Instant::now();
        let timetable = Timetable { start, every };
        for (after_ms, version) in [(0, 1), (9, 1), (10, 2), (19, 2), (1000, 101)] {
            let time = start + Duration::from_millis(after_ms);
            assert_eq!(timetable.version_at(time), version, "after {after_ms} ms");
        }
        assert_eq!(timetable.until(1), Duration::ZERO);
        assert!(timetable.until(1 << 40) > Duration::from_secs(1 << 30));
    }
}
