//! How busy each stage is, and how full its queue: what to look at before changing anything.
//!
//! A stage's share of busy time is its utilisation, and the depth of the queue in front of it its
//! saturation: the U and the S of Brendan Gregg's USE method. The counters are plain relaxed atomics:
//! they are read by eye, and nothing is decided by their order.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

/// Digits of a latency that are kept: an error of a thousandth, in some tens of kilobytes.
const LATENCY_DIGITS: u8 = 3;

/// The stages of one run.
#[derive(Debug, Default)]
pub struct Meter {
    stages: Mutex<Vec<Stage>>,
}

/// A handle to one stage's counters; clones share them.
#[derive(Clone, Debug)]
pub struct Stage(Arc<Counters>);

#[derive(Debug)]
struct Counters {
    name: &'static str,
    done: AtomicU64,
    busy_ns: AtomicU64,
    waiting_ns: AtomicU64,
    depth: AtomicUsize,
    capacity: AtomicUsize,
    workers: AtomicUsize,
    /// In microseconds. A lock, because it is taken once an answer and not once a line.
    latencies: Mutex<Histogram<u64>>,
}

/// What a stage's counters said at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The stage's name.
    pub name: &'static str,
    /// Items finished so far.
    pub done: u64,
    /// Time spent working so far, by all workers together.
    pub busy: Duration,
    /// Time spent waiting for a lock so far, by all workers together.
    pub waiting: Duration,
    /// Items waiting in the stage's queue.
    pub depth: usize,
    /// How many can wait; 0 for a stage without a queue.
    pub capacity: usize,
    /// Workers at this moment.
    pub workers: usize,
}

impl Meter {
    /// A meter without stages.
    pub fn new() -> Meter {
        Meter::default()
    }

    /// Adds a stage with one worker and no queue; stages are shown in the order of this call.
    pub fn stage(&self, name: &'static str) -> Stage {
        let stage = Stage(Arc::new(Counters {
            name,
            done: AtomicU64::new(0),
            busy_ns: AtomicU64::new(0),
            waiting_ns: AtomicU64::new(0),
            depth: AtomicUsize::new(0),
            capacity: AtomicUsize::new(0),
            workers: AtomicUsize::new(1),
            latencies: Mutex::new(Histogram::new(LATENCY_DIGITS).expect("a valid precision")),
        }));
        self.stages().push(stage.clone());
        stage
    }

    /// What all stages say now.
    pub fn read(&self) -> Vec<Reading> {
        self.stages().iter().map(Stage::read).collect()
    }

    /// Handles to all stages.
    pub fn handles(&self) -> Vec<Stage> {
        self.stages().clone()
    }

    fn stages(&self) -> MutexGuard<'_, Vec<Stage>> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stage {
    /// Does one item's work, and counts it and its time.
    pub fn busy<T>(&self, work: impl FnOnce() -> T) -> T {
        let done = timed(&self.0.busy_ns, work);
        self.0.done.fetch_add(1, Relaxed);
        done
    }

    /// Waits for a lock, and counts the time.
    pub fn waiting<T>(&self, wait: impl FnOnce() -> T) -> T {
        timed(&self.0.waiting_ns, wait)
    }

    /// Says how many items wait in the stage's queue, of how many that can.
    pub fn queue(&self, depth: usize, capacity: Option<usize>) {
        self.0.depth.store(depth, Relaxed);
        self.0.capacity.store(capacity.unwrap_or(0), Relaxed);
    }

    /// Says how many workers the stage has now.
    pub fn workers(&self, workers: usize) {
        self.0.workers.store(workers, Relaxed);
    }

    /// Counts one answer that came while others were waited for, and says how long it took.
    pub fn took(&self, latency: Duration) {
        let us = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        // The histogram grows as it needs: there is no time that it could not take.
        let _ = self.latencies().record(us);
        self.0.done.fetch_add(1, Relaxed);
    }

    /// The answer times below which a share of all answers lies, in microseconds, for the usual
    /// shares; nothing if no answer was timed.
    pub fn percentiles_us(&self) -> Option<[(&'static str, u64); 5]> {
        let latencies = self.latencies();
        let at = |(name, share)| (name, latencies.value_at_quantile(share));
        let shares = [
            ("p50", 0.5),
            ("p90", 0.9),
            ("p99", 0.99),
            ("p99.9", 0.999),
            ("max", 1.0),
        ];
        (!latencies.is_empty()).then(|| shares.map(at))
    }

    /// The stage's name.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    fn latencies(&self) -> MutexGuard<'_, Histogram<u64>> {
        self.0
            .latencies
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> Reading {
        Reading {
            name: self.0.name,
            done: self.0.done.load(Relaxed),
            busy: Duration::from_nanos(self.0.busy_ns.load(Relaxed)),
            waiting: Duration::from_nanos(self.0.waiting_ns.load(Relaxed)),
            depth: self.0.depth.load(Relaxed),
            capacity: self.0.capacity.load(Relaxed),
            workers: self.0.workers.load(Relaxed),
        }
    }
}

/// Adds the time that the work took.
fn timed<T>(total_ns: &AtomicU64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    let took_ns = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    total_ns.fetch_add(took_ns, Relaxed);
    done
}

impl Reading {
    /// The share of its workers' time that the stage was busy between two readings.
    pub fn busy_share(&self, earlier: Option<&Reading>, between: Duration) -> f64 {
        let busy = self
            .busy
            .saturating_sub(earlier.map_or(Duration::ZERO, |reading| reading.busy));
        let available = between.as_secs_f64() * self.workers.max(1) as f64;
        if available > 0.0 {
            (busy.as_secs_f64() / available).min(1.0)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_latencies_are_kept_as_long_as_they_were() {
        let stage = Meter::new().stage("work");
        for ms in [1, 50, 7_000] {
            stage.took(Duration::from_millis(ms));
        }
        let [p50, .., max] = stage.percentiles_us().unwrap();
        assert!((50_000..50_100).contains(&p50.1), "{p50:?}");
        assert!((7_000_000..7_010_000).contains(&max.1), "{max:?}");
    }

    #[test]
    fn the_busy_share_is_of_the_workers_time_since_the_last_reading() {
        let meter = Meter::new();
        let stage = meter.stage("work");
        assert_eq!(stage.busy(|| 7), 7);
        let first = meter.read()[0];
        assert_eq!((first.name, first.done, first.workers), ("work", 1, 1));
        let second = Reading {
            busy: first.busy + Duration::from_millis(30),
            workers: 2,
            ..first
        };
        let share = second.busy_share(Some(&first), Duration::from_millis(60));
        assert!((share - 0.25).abs() < 1e-9, "{share}");
        assert_eq!(second.busy_share(None, Duration::ZERO), 0.0);
    }
}
