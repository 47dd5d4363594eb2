//! Many schedules, and of those that break a promise the shortest.

use crate::execution;
use crate::judge::Broken;
use crate::trace::Trace;

/// When a bad schedule is found, so many more are tried for a shorter one: it is there to be read.
const SEARCHED: u64 = 300;

/// Of the bad ones that are found then so many are enough: one that goes round in circles takes its time.
const BAD_MAX: usize = 30;

/// Runs a body under so many schedules, which are chosen at random and the same each time.
///
/// The body runs one execution from its beginning to its end, and says what is wrong with it. A panic, a deadlock and an
/// execution without end are wrong, too.
///
/// # Errors
///
/// If a schedule is bad: why, and the steps of the shortest one that was found.
pub fn schedules(tries: u64, body: fn() -> Result<(), String>) -> Result<(), Broken> {
    for seed in 0..tries {
        let Some(mut worst) = execution::run(body, seed) else {
            continue;
        };
        let others = (seed + 1..seed + SEARCHED).filter_map(|seed| execution::run(body, seed));
        for bad in others.take(BAD_MAX) {
            if length(&bad.1) < length(&worst.1) {
                worst = bad;
            }
        }
        let (why, trace) = worst;
        let tried = format!(
            "This is the shortest bad schedule that was found; the first bad one was number {} of {tries}.",
            seed + 1
        );
        return Err(Broken::new(why).with_schedule(&trace).with_note(tried));
    }
    Ok(())
}

/// How long a schedule is to read: each change to another thread has to be followed.
fn length(trace: &Trace) -> (usize, usize) {
    (trace.switches(), trace.steps.len())
}
