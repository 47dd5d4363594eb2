//! Many seeds, on all processors.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::thread;

use crate::cluster::{Setting, Verdict, log, simulate};

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// How many seeds were tried.
    pub tried: u64,
    /// Reports that came too late, in all of them together.
    pub late: usize,
    /// The seeds whose report was not exact, in order.
    pub wrong: Vec<(u64, Verdict)>,
}

/// Simulates these seeds, with what else the setting says, until all are tried or it is to stop. `progress` is told
/// what was found so far, after each seed.
pub fn search(
    seeds: Range<u64>,
    setting: &Setting,
    stop: &AtomicBool,
    progress: &(dyn Fn(&Found) + Sync),
) -> Found {
    let log = log(setting.workers);
    let (next, found) = (AtomicU64::new(seeds.start), Mutex::new(Found::default()));
    let try_seeds = || {
        while !stop.load(Relaxed) {
            let seed = next.fetch_add(1, Relaxed);
            if !seeds.contains(&seed) {
                return;
            }
            let setting = Setting { seed, ..*setting };
            let outcome = simulate(&setting, &log, stop, &mut |_, _| {});
            if outcome.verdict == Verdict::Stopped {
                return;
            }
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.tried += 1;
            found.late += outcome.late;
            if outcome.verdict != Verdict::Exact {
                found.wrong.push((seed, outcome.verdict));
            }
            progress(&found);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            // A simulation is one thread from its beginning to its end.
            scope.spawn(try_seeds);
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.wrong.sort_by_key(|(seed, _)| *seed);
    found
}
