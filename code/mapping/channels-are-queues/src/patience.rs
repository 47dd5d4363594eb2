//! To wait at a condition, for as long as one is ready to.

use std::time::{Duration, Instant};

use crate::sync::{Condvar, MutexGuard, PoisonError};

/// How long a sender or a receiver is ready to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Not at all.
    None,
    /// Up to a moment.
    Until(Instant),
    /// For as long as it takes.
    Forever,
}

impl Patience {
    /// For so long. A timeout that is too long for the clock is no timeout.
    pub fn lasting(timeout: Duration) -> Patience {
        let moment = Instant::now().checked_add(timeout);
        moment.map_or(Patience::Forever, Patience::Until)
    }

    /// Gives the lock back, waits, and takes it again. The second is false if there was no patience to
    /// wait: then the lock was held all the time, and nothing has changed since the caller looked.
    pub fn wait<'a, T>(
        self,
        place: &Condvar,
        state: MutexGuard<'a, T>,
    ) -> (MutexGuard<'a, T>, bool) {
        match self {
            Patience::None => (state, false),
            Patience::Forever => {
                let state = place.wait(state).unwrap_or_else(PoisonError::into_inner);
                (state, true)
            }
            Patience::Until(moment) => {
                let left = moment.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return (state, false);
                }
                // Whether it was called or its time is up is not asked: it looks again in any case.
                let waited = place.wait_timeout(state, left);
                let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
                (state, true)
            }
        }
    }
}
