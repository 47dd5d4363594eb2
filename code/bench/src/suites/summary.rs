//! Every step on one log, for the table of the summary: what each holds in memory.

use super::case::{Process, case};

/// All steps but `s01-cache` and `s16-range`, which read this log among their own cases.
const STEPS: [&str; 17] = [
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
    "s18-in-flight",
];

/// No distance: memory depends little on it, and the first step shall read as long a log as the last.
pub(super) fn memory() -> Vec<Process> {
    let cases = STEPS.iter().map(|&step| {
        let case = case(
            step,
            "[delay=0,lines=100000]",
            "--lines 100k --workload steady --delay 0",
        );
        // The first asks for each line, which takes longer than all others together; no chapter asks for its time.
        match step {
            "s00-baseline" => case.counted(),
            _ => case,
        }
    });
    cases.collect()
}
