//! Many miss at once: each asks the original, or one does and all wait for its answer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Barrier, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

/// What is dear to ask.
#[derive(Debug, Default)]
pub struct Original {
    asked: AtomicU64,
    takes: Duration,
}

impl Original {
    /// An original that takes so long to answer.
    pub fn new(takes: Duration) -> Original {
        Original {
            asked: AtomicU64::new(0),
            takes,
        }
    }

    /// Its answer about a key.
    pub fn ask(&self, key: u32) -> u64 {
        self.asked.fetch_add(1, Relaxed);
        thread::sleep(self.takes);
        u64::from(key) * 2
    }

    /// How often it was asked.
    pub fn asked(&self) -> u64 {
        self.asked.load(Relaxed)
    }
}

// ANCHOR: look-aside
/// Look, let go, ask, insert. All that miss ask.
#[derive(Debug, Default)]
pub struct LookAside(Mutex<HashMap<u32, u64>>);

impl LookAside {
    /// The answer about a key, for which the original is asked if it is not known.
    pub fn get(&self, key: u32, ask: impl FnOnce() -> u64) -> u64 {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&answer) = known.get(&key) {
            return answer;
        }
        // No other thread shall wait for our question.
        drop(known);
        let answer = ask();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(key, answer);
        answer
    }
}
// ANCHOR_END: look-aside

// ANCHOR: single-flight
/// A place for the answer is what is kept: the first to come fills it, and the others wait there.
#[derive(Debug, Default)]
pub struct SingleFlight(Mutex<HashMap<u32, Arc<OnceLock<u64>>>>);

impl SingleFlight {
    /// The answer about a key, for which the original is asked if it is not known. If asking panics, the
    /// place stays empty, and the next of those who wait asks again.
    pub fn get(&self, key: u32, ask: impl FnOnce() -> u64) -> u64 {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = Arc::clone(known.entry(key).or_default());
        // The lock of the map is free again. What is waited for from here on is this one key.
        drop(known);
        *place.get_or_init(ask)
    }
}
// ANCHOR_END: single-flight

/// How often the original is asked if so many threads want one key at the same time: by a look-aside
/// cache, and by one with single flight.
///
/// # Panics
///
/// If an answer is wrong.
pub fn crowd(threads: usize, takes: Duration) -> (u64, u64) {
    let (aside, alone) = (LookAside::default(), SingleFlight::default());
    let (of_aside, of_alone) = (Original::new(takes), Original::new(takes));
    // The worst case, made certain: all have looked before any of them asks.
    let all_missed = Barrier::new(threads);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let missed = || {
                    all_missed.wait();
                    of_aside.ask(21)
                };
                assert_eq!(aside.get(21, missed), 42);
                assert_eq!(alone.get(21, || of_alone.ask(21)), 42);
            });
        }
    });
    (of_aside.asked(), of_alone.asked())
}
