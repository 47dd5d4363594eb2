//! One execution: a body, run once under one schedule.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use shuttle::scheduler::RandomScheduler;
use shuttle::{Config, FailurePersistence, MaxSteps, Runner};

use crate::trace::{self, Trace};

/// An execution of ours that is longer than this goes round in circles.
const STEPS_MAX: usize = 20_000;

/// A stack is larger than shuttle's own, which is small for code that prints.
const STACK_BYTES: usize = 256 << 10;

/// What a body found.
type Found = Result<(), String>;

/// Why an execution is a bad one, and what was done in it; none if it is good.
pub(crate) fn run(body: fn() -> Found, seed: u64) -> Option<(String, Trace)> {
    let mut config = Config::new();
    config.failure_persistence = FailurePersistence::None;
    config.max_steps = MaxSteps::FailAfter(STEPS_MAX);
    config.stack_size = STACK_BYTES;
    config.silence_warnings = true;
    let found: Arc<Mutex<Found>> = Arc::new(Mutex::new(Ok(())));
    let finding = Arc::clone(&found);
    trace::clear();
    crate::thread::clear();
    let run = AssertUnwindSafe(|| {
        Runner::new(RandomScheduler::new_from_seed(seed, 1), config).run(move || {
            let outcome = body();
            *finding.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
        })
    });
    let ended = catch_unwind(run);
    let trace = trace::taken();
    let why = match ended {
        Ok(_) => found
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .err()?,
        Err(panic) => said(&*panic),
    };
    Some((why, trace))
}

/// What a panic means, in a sentence.
pub(crate) fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = (panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "of an unknown kind".to_owned());
    if text.contains("deadlock!") {
        "All threads wait, and none can go on: a deadlock.".to_owned()
    } else if text.contains("exceeded max_steps") {
        format!("It goes round in circles: after {STEPS_MAX} steps it had not ended.")
    } else {
        format!("A thread panics: {text}")
    }
}
