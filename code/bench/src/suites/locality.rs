//! What the last steps save: instructions, memory, and waiting for the slowest worker.

use super::case::{Process, case};

/// The programs whose instructions are counted: one that asks once a client, and all since lines travel in
/// batches.
pub(super) const COUNTED: [&str; 8] = [
    "s01-cache",
    "s09-batch",
    "s10-shard",
    "s11-combine",
    "s12-partition",
    "s13-replicate",
    "s14-locality",
    "s15-steal",
];

/// How long each worker works when a part of the log is slow, with parts of equal size and with stealing; and
/// the memory on a short log and on a long one.
pub(super) fn workers() -> Vec<Process> {
    let mut cases = Vec::new();
    for workers in [2, 4, 8] {
        for program in ["s14-locality", "s15-steal"] {
            cases.push(case(
                program,
                &format!("[workers={workers},workload=skew]"),
                &format!("--lines 1M --workload skew --workers {workers}"),
            ));
        }
    }
    for lines in ["100k", "1M"] {
        cases.push(case(
            "s14-locality",
            &format!("[lines={lines}]"),
            &format!("--lines {lines}"),
        ));
    }
    cases
}
