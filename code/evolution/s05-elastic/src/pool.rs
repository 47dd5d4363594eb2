//! The pool: workers that come and go while the work goes on.
//!
//! The controller sends as many requests to leave as there are workers too many. A worker looks for one
//! when it is done with an item, so no worker is interrupted. Not while it waits for one either: to wait
//! for both at once (`select!`) made each wait more expensive, and the next item ends the wait soon enough.
//!
//! A worker that leaves without having been asked to has met the end of the input or a panic. In both
//! cases no more workers are to be hired, and the controller ends.

use std::time::{Duration, Instant};

use crate::sync::{
    AtomicU64, AtomicUsize, Receiver, RecvTimeoutError, Relaxed, Sender, bounded, unbounded,
};

/// Between two looks of the controller. A lookup takes about half of it.
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// An item, and since when it waits.
#[derive(Debug)]
pub(crate) struct Waiting<T> {
    since: Instant,
    item: T,
}

impl<T> Waiting<T> {
    /// Begins to wait; before the item is sent, so that the time in front of a full queue counts.
    pub fn new(item: T) -> Waiting<T> {
        Waiting {
            since: Instant::now(),
            item,
        }
    }
}

/// What the workers of a stage and their controller share.
#[derive(Debug)]
pub(crate) struct Pool {
    requests_in: Sender<()>,
    /// Requests to leave.
    requests: Receiver<()>,
    over_in: Sender<()>,
    /// Says that a worker left unasked.
    over: Receiver<()>,
    /// Workers that wait.
    idle: AtomicUsize,
    /// The shortest wait of an item since the last look.
    wait_ns: AtomicU64,
}

impl Pool {
    /// A pool without workers.
    pub fn new() -> Pool {
        let (requests_in, requests) = unbounded();
        let (over_in, over) = bounded(1);
        Pool {
            requests_in,
            requests,
            over_in,
            over,
            idle: AtomicUsize::new(0),
            wait_ns: AtomicU64::new(u64::MAX),
        }
    }

    /// The controller's part: hires and asks to leave, until a worker left unasked.
    ///
    /// `decide` is told how many workers wait and what the shortest wait was, and says how many workers
    /// there should be; `hire` starts one that does [`Pool::work`].
    pub fn control(
        &self,
        mut decide: impl FnMut(usize, Option<Duration>) -> usize,
        mut hire: impl FnMut(),
    ) {
        let mut workers = 0;
        loop {
            let wait_ns = self.wait_ns.swap(u64::MAX, Relaxed);
            let wait = (wait_ns != u64::MAX).then(|| Duration::from_nanos(wait_ns));
            let leaving = self.requests.len();
            let idle = self.idle.load(Relaxed).saturating_sub(leaving);
            // With no worker at all, none would ever leave and end this.
            let wanted = decide(idle, wait).max(1);
            while workers < wanted {
                // A worker that was asked to leave and is busy yet may stay.
                if self.requests.try_recv().is_err() {
                    hire();
                }
                workers += 1;
            }
            while workers > wanted {
                self.requests_in.send(()).expect("we hold the other end");
                workers -= 1;
            }
            if self.over.recv_timeout(LOOK_EVERY) != Err(RecvTimeoutError::Timeout) {
                break;
            }
        }
    }

    // ANCHOR: work
    /// A worker's part: handles items until there are no more, or it is asked to leave, or `handle`
    /// says that the next stage is gone.
    pub fn work<T>(&self, items: &Receiver<Waiting<T>>, mut handle: impl FnMut(T) -> bool) {
        let unasked = Unasked(&self.over_in);
        while let Some(item) = self.take(items) {
            if !handle(item) {
                break;
            }
            if self.requests.try_recv().is_ok() {
                std::mem::forget(unasked);
                break;
            }
        }
    }
    // ANCHOR_END: work

    /// Waits for an item, and counts the waiting of both.
    fn take<T>(&self, items: &Receiver<Waiting<T>>) -> Option<T> {
        self.idle.fetch_add(1, Relaxed);
        let taken = items.recv();
        self.idle.fetch_sub(1, Relaxed);
        let Waiting { since, item } = taken.ok()?;
        let wait_ns = u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.wait_ns.fetch_min(wait_ns, Relaxed);
        Some(item)
    }
}

/// Tells the controller when it is dropped, also by a panic.
struct Unasked<'a>(&'a Sender<()>);

impl Drop for Unasked<'_> {
    fn drop(&mut self) {
        // Full means that another has said so.
        let _ = self.0.try_send(());
    }
}
