//! The runs of n03 that the simulation is held against: as it would have them, with one process and with two.

use super::case::{Process, case};

/// Lines of the log, and of a range.
pub(crate) const LINES: u32 = 300_000;
pub(crate) const RANGE_LINES: u32 = 1_000;

/// Processes of workers.
pub(crate) const PROCESSES: [u32; 2] = [1, 2];

/// These runs.
pub(crate) fn cases() -> Vec<Process> {
    let run = |processes: u32| {
        let places = " --place lookup=process".repeat(processes as usize);
        case(
            "n03-failure",
            &format!("[processes={processes}]"),
            &format!("--lines {LINES} --range {RANGE_LINES}{places}"),
        )
    };
    PROCESSES.map(run).into()
}
