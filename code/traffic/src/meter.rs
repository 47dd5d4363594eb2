//! How busy each stage is, and how full its queue: what to look at before changing anything.
//!
//! A stage's share of busy time is its utilisation, and the depth of the queue in front of it its
//! saturation: the U and the S of Brendan Gregg's USE method. The counters are plain relaxed atomics:
//! they are read by eye, and nothing is decided by their order.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

/// Digits of a latency that are kept: an error of a thousandth, in some tens of kilobytes.
const LATENCY_DIGITS: u8 = 3;

/// The stages of one run.
#[derive(Debug, Default)]
pub struct Meter {
    stages: Mutex<Vec<Stage>>,
    ready: OnceLock<Instant>,
    told: Mutex<Vec<String>>,
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
    /// Each of one item or of many.
    messages: AtomicU64,
    waits: AtomicU64,
    depth: AtomicUsize,
    capacity: AtomicUsize,
    workers: AtomicUsize,
    /// When the stage was made.
    start: Instant,
    /// The time that the workers had, all together, until their number last changed, and when that was.
    worker_ns: AtomicU64,
    changed_ns: AtomicU64,
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
    /// Messages taken from the stage's queue so far, each of one item or of many.
    pub messages: u64,
    /// How often a lock was waited for.
    pub waits: u64,
    /// Items waiting in the stage's queue.
    pub depth: usize,
    /// How many can wait; 0 for a stage without a queue.
    pub capacity: usize,
    /// Workers at this moment.
    pub workers: usize,
    /// The time that the workers have had so far, all together: in it they worked, or could have.
    pub worker_time: Duration,
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
            messages: AtomicU64::new(0),
            waits: AtomicU64::new(0),
            depth: AtomicUsize::new(0),
            capacity: AtomicUsize::new(0),
            workers: AtomicUsize::new(1),
            start: Instant::now(),
            worker_ns: AtomicU64::new(0),
            changed_ns: AtomicU64::new(0),
            latencies: Mutex::new(Histogram::new(LATENCY_DIGITS).expect("a valid precision")),
        }));
        self.stages().push(stage.clone());
        stage
    }

    /// Says that all is there that the step needs besides its own tasks and threads (other processes, and
    /// connections to them): a run's seconds count from now. A step that needs nothing says nothing.
    pub fn be_ready(&self) {
        self.ready.get_or_init(Instant::now);
    }

    /// When all was there, if the step has said so.
    pub fn ready(&self) -> Option<Instant> {
        self.ready.get().copied()
    }

    /// Tells a person what has happened beside the work, in a sentence: a worker is lost, say. It is shown on
    /// standard error if the run is watched.
    pub fn tell(&self, sentence: String) {
        self.sentences().push(sentence);
    }

    /// What was told since this was last asked for.
    pub fn told(&self) -> Vec<String> {
        std::mem::take(&mut *self.sentences())
    }

    fn sentences(&self) -> MutexGuard<'_, Vec<String>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// Does the work of many items, which says how many they were, and counts them and its time: two
    /// looks at the clock for all of them, where [`Stage::busy`] has two for each.
    pub fn busy_batch<T>(&self, work: impl FnOnce() -> (usize, T)) -> T {
        let (items, done) = timed(&self.0.busy_ns, work);
        self.0.done.fetch_add(items as u64, Relaxed);
        done
    }

    /// Waits for a lock, and counts that and its time.
    pub fn waiting<T>(&self, wait: impl FnOnce() -> T) -> T {
        self.0.waits.fetch_add(1, Relaxed);
        timed(&self.0.waiting_ns, wait)
    }

    /// Says how many items wait in the stage's queue, of how many that can, after one message was taken
    /// from it; and counts that message.
    pub fn queue(&self, depth: usize, capacity: Option<usize>) {
        self.0.messages.fetch_add(1, Relaxed);
        self.0.depth.store(depth, Relaxed);
        self.0.capacity.store(capacity.unwrap_or(0), Relaxed);
    }

    /// Says how many workers the stage has now; one thread of the stage's says it.
    pub fn workers(&self, workers: usize) {
        let worker_ns = self.worker_ns();
        self.0
            .changed_ns
            .store(nanos(self.0.start.elapsed()), Relaxed);
        self.0.worker_ns.store(worker_ns, Relaxed);
        self.0.workers.store(workers, Relaxed);
    }

    /// The time that the workers have had until now. A reader may meet a change halfway, and is then
    /// wrong by one change's worth until it reads again.
    fn worker_ns(&self) -> u64 {
        let since_ns =
            nanos(self.0.start.elapsed()).saturating_sub(self.0.changed_ns.load(Relaxed));
        self.0.worker_ns.load(Relaxed) + since_ns * self.0.workers.load(Relaxed) as u64
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
            messages: self.0.messages.load(Relaxed),
            waits: self.0.waits.load(Relaxed),
            depth: self.0.depth.load(Relaxed),
            capacity: self.0.capacity.load(Relaxed),
            workers: self.0.workers.load(Relaxed),
            worker_time: Duration::from_nanos(self.worker_ns()),
        }
    }
}

/// Adds the time that the work took.
fn timed<T>(total_ns: &AtomicU64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    total_ns.fetch_add(nanos(start.elapsed()), Relaxed);
    done
}

/// Centuries fit.
fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

impl Reading {
    /// The share of its workers' time that the stage was busy, since an earlier reading.
    pub fn busy_share(&self, earlier: Option<&Reading>) -> f64 {
        let since = |now: Duration, then: fn(&Reading) -> Duration| {
            now.saturating_sub(earlier.map_or(Duration::ZERO, then))
                .as_secs_f64()
        };
        let available = since(self.worker_time, |reading| reading.worker_time);
        if available > 0.0 {
            (since(self.busy, |reading| reading.busy) / available).min(1.0)
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
            worker_time: first.worker_time + Duration::from_millis(120),
            ..first
        };
        let share = second.busy_share(Some(&first));
        assert!((share - 0.25).abs() < 1e-9, "{share}");
        assert_eq!(first.busy_share(Some(&first)), 0.0);
    }

    #[test]
    fn the_workers_time_is_of_as_many_as_there_were() {
        let meter = Meter::new();
        let stage = meter.stage("work");
        let sleep = || std::thread::sleep(Duration::from_millis(10));
        stage.workers(0);
        let none = meter.read()[0].worker_time;
        sleep();
        assert_eq!(meter.read()[0].worker_time, none);
        stage.workers(1000);
        sleep();
        assert!(meter.read()[0].worker_time >= none + 1000 * Duration::from_millis(10));
    }
}
