//! The cases of the cache of ranges: how few questions are left, and when that is enough.

use super::case::{Process, against_lines, case};

/// Questions against the lines read, without distance, as those of the cache by client; and the rate
/// against the lines read, beside the last of the steps that made many questions cheap.
pub(super) fn ranges() -> Vec<Process> {
    let mut cases: Vec<_> = against_lines("s16-range").collect();
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
