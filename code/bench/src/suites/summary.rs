//! Every step on one log, for the table of the summary: what each holds in memory.

use super::case::{Process, case};

/// All steps but `s01-cache` and `s16-range`, which read this log among their own cases.
const STEPS: [&str; 16] = [
    "s00-baseline",
    "s02-pipeline",
    "s03-replicas",
    "s04-release",
    "s05-elastic",
    "s06-tasks",
    "s07-deadline",
    "s08-coalesce",
    "s09-batch",
    "s10-shard",
    "s11-combine",
    "s12-partition",
    "s13-replicate",
    "s14-locality",
    "s15-steal",
    "s17-columns",
];

/// No distance: memory depends little on it, and the first step shall read as long a log as the last.
pub(super) fn memory() -> Vec<Process> {
    let cases = STEPS.iter().map(|&step| {
        case(
            step,
            "[delay=0,lines=100000]",
            "--lines 100k --workload steady --delay 0",
        )
    });
    cases.collect()
}
