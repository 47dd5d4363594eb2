//! The cases of the cache of ranges: how few questions are left, and when that is enough.

use super::{Process, case};

/// Questions against the lines read, without distance, as those of the cache by client; and the rate
/// against the lines read, beside the last of the steps that made many questions cheap.
pub(super) fn ranges() -> Vec<Process> {
    let mut cases = Vec::new();
    for (lines, workload) in [
        (1_000, "steady"),
        (10_000, "steady"),
        (100_000, "steady"),
        (1_000_000, "steady"),
        (1_000, "cold"),
        (10_000, "cold"),
        (100_000, "cold"),
    ] {
        let parameter = if workload == "cold" {
            ",workload=cold"
        } else {
            ""
        };
        cases.push(case(
            "s16-range",
            &format!("[delay=0,lines={lines}{parameter}]"),
            &format!("--lines {lines} --workload {workload} --delay 0"),
        ));
    }
    for program in ["s09-batch", "s16-range"] {
        for lines in [2_000, 20_000, 200_000, 1_000_000] {
            cases.push(case(
                program,
                &format!("[lines={lines}]"),
                &format!("--lines {lines}"),
            ));
        }
        cases.push(case(
            program,
            "[lines=200000,workload=cold]",
            "--lines 200k --workload cold",
        ));
    }
    cases
}
