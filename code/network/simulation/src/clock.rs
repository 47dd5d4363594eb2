//! What time it is in a simulation.

use std::time::Duration;

/// The time since the simulation began, the same on all its machines; nothing outside of one.
pub fn elapsed() -> Duration {
    turmoil::sim_elapsed().unwrap_or_default()
}
