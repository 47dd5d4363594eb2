//! The cases of what goes together: one flight for many askers, one journey for many questions.

use super::case::{Process, case};

/// Questions asked for a crowd, with and without single flight, against how many may be in flight.
pub(super) fn flights() -> Vec<Process> {
    // How many clients there are to ask for: no distance, since a cache alone asks for each once.
    let clients = case(
        "s01-cache",
        "[delay=0,workload=flash]",
        "--lines 20k --workload flash --delay 0",
    );
    // On steady, near and far, the parent's cases are among those of the tasks.
    let steady = case("s08-coalesce", "", "--lines 20k");
    let far = case(
        "s08-coalesce",
        "[delay=20ms,workers=4096]",
        "--lines 20k --delay 20ms --workers 4096",
    );
    let mut cases = vec![clients, steady, far];
    for program in ["s06-tasks", "s08-coalesce"] {
        for workers in [4, 16, 64, 256, 1024] {
            cases.push(case(
                program,
                &format!("[workers={workers},workload=flash]"),
                &format!("--lines 20k --workers {workers} --workload flash"),
            ));
        }
    }
    cases
}

/// Throughput and latency against the size of a batch; and what batches cost when there is no hurry,
/// in an open loop. The log is longer than elsewhere, for runs that take more than an instant.
pub(super) fn batches() -> Vec<Process> {
    let mut cases = vec![case("s08-coalesce", "[lines=200000]", "--lines 200k")];
    for batch in [1, 4, 16, 64, 256, 1024] {
        cases.push(case(
            "s09-batch",
            &format!("[batch={batch},lines=200000]"),
            &format!("--lines 200k --batch {batch}"),
        ));
    }
    for (rate, lines) in [("1k", "2k"), ("20k", "20k")] {
        for program in ["s08-coalesce", "s09-batch"] {
            cases.push(case(
                program,
                &format!("[rate={rate}]"),
                &format!("--lines {lines} --rate {rate}"),
            ));
        }
    }
    cases.push(case(
        "s09-batch",
        "[linger=0,rate=20k]",
        "--lines 20k --rate 20k --linger 0",
    ));
    cases
}
