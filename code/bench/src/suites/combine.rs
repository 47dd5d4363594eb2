//! The cases of who counts and who owns: what is handed over, and what an unequal division costs.

use super::case::{Process, case};

/// Messages a line, one by one and in batches, before each worker had a report of its own and after. The
/// parent's batches are measured with its memory.
pub(super) fn messages() -> Vec<Process> {
    let single = |program| case(program, "[batch=1,lines=200000]", "--lines 200k --batch 1");
    vec![
        single("s10-shard"),
        single("s11-combine"),
        case("s11-combine", "[lines=1000000]", "--lines 1M"),
    ]
}

/// One cache for all workers, or a part for each: on a log whose clients are many, and on one where a
/// single client is most of the traffic.
pub(super) fn parts() -> Vec<Process> {
    let skewed = |program| {
        case(
            program,
            "[lines=1000000,workload=skew]",
            "--lines 1M --workload skew",
        )
    };
    // Where every line is missing, at no distance: what a missing line costs.
    let cold = |program| {
        case(
            program,
            "[delay=0,lines=100000,workload=cold]",
            "--lines 100k --workload cold --delay 0",
        )
    };
    vec![
        cold("s11-combine"),
        cold("s12-partition"),
        case("s12-partition", "[lines=1000000]", "--lines 1M"),
        skewed("s11-combine"),
        skewed("s12-partition"),
        // How unequal the parts are does not depend on how many workers the machine has use for.
        case(
            "s12-partition",
            "[lines=300000,workers=4,workload=skew]",
            "--lines 300k --workers 4 --workload skew",
        ),
    ]
}
