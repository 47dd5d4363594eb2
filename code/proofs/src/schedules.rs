//! Which schedules a check tries.

/// Preemptions that a schedule of the second kind is built around.
const PREEMPTIONS: usize = 3;

/// Runs a model under so many schedules of each of two kinds: at random, and around a few well-placed preemptions
/// (Burckhardt and others, *A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs*, 2010).
///
/// # Panics
///
/// If the model does in one of them, or deadlocks.
pub fn prove(schedules: usize, model: fn()) {
    shuttle::check_random(model, schedules);
    shuttle::check_pct(model, schedules, PREEMPTIONS);
}
