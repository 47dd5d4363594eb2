//! The cases of the cache in shards: how its locks are waited for, and how much it holds.

use super::case::{Process, case};

/// Waits for locks, with one lock for all and with many: on a log that is long enough for the tasks to
/// meet the dispatcher often.
pub(super) fn locks() -> Vec<Process> {
    let mut cases = vec![case("s09-batch", "[lines=300000]", "--lines 300k")];
    for shards in [1, 4, 16, 64] {
        cases.push(case(
            "s10-shard",
            &format!("[lines=300000,shards={shards}]"),
            &format!("--lines 300k --shards {shards}"),
        ));
    }
    // Enough clients that some must be forgotten.
    cases.push(case("s10-shard", "[lines=1000000]", "--lines 1M"));
    cases
}

/// Memory against the lines read where every client is new. No distance: it does not matter here.
pub(super) fn memory() -> Vec<Process> {
    let mut cases = Vec::new();
    for program in ["s09-batch", "s10-shard"] {
        for lines in [10_000, 100_000, 300_000] {
            cases.push(case(
                program,
                &format!("[delay=0,lines={lines},workload=cold]"),
                &format!("--lines {lines} --workload cold --delay 0"),
            ));
        }
    }
    cases
}
