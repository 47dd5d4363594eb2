//! Slow cases run once a time, in as many rounds as whole programs have: criterion wants ten runs of each in a round, and
//! for a step that takes seconds that is most of a minute.

use std::env;
use std::time::Duration;

use crate::cases::Case;

/// Names the one case that is measured, and how many seconds a run of it may take to be criterion's.
const CASE: &str = "BENCH_CASE";
const PATIENCE: &str = "BENCH_PATIENCE_S";

/// Runs a case once if it is the one that is measured; whether it was slow, and has been measured so. Says it in a line
/// `also CASE METRIC VALUE UNIT`.
pub fn takes(case: &Case, run: impl Fn() -> Duration) -> bool {
    let id = format!("evolution/{}", case.id);
    if env::var(CASE).ok() != Some(id.clone()) {
        return false;
    }
    let patience = env::var(PATIENCE).ok().and_then(|text| text.parse().ok());
    let (took, patience) = (run().as_secs_f64(), patience.unwrap_or(f64::INFINITY));
    if took <= patience {
        return false;
    }
    println!("also {id} lines_per_s {} lines/s", case.lines as f64 / took);
    true
}
