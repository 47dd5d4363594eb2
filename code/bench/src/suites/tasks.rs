//! The cases of the steps with tasks: how many in flight, and how late the latest answers are.

use super::case::{Process, case, sweep};

/// Threads and tasks in flight, near and far: what each costs, and when thousands are of use.
pub(super) fn in_flight() -> Vec<Process> {
    let mut cases = vec![case("s06-tasks", "", "--lines 20k")];
    for workers in [4, 16, 64, 256, 1024, 4096] {
        cases.push(sweep("s06-tasks", "workers", workers));
    }
    // What a machine of a few cores is not made for; fewer threads are in the sweep of s04 already.
    for workers in [256, 1024] {
        cases.push(sweep("s04-release", "workers", workers).alone());
    }
    for (program, workers) in [
        ("s04-release", 64),
        ("s04-release", 256),
        ("s04-release", 1024),
        ("s06-tasks", 64),
        ("s06-tasks", 256),
        ("s06-tasks", 1024),
        ("s06-tasks", 4096),
    ] {
        cases.push(case(
            program,
            &format!("[delay=20ms,workers={workers}]"),
            &format!("--lines 20k --delay 20ms --workers {workers}"),
        ));
    }
    cases
}

/// The tail, without second attempts and with them. A rate makes the loop open: answers are timed
/// from when their line was due.
pub(super) fn tail() -> Vec<Process> {
    let mut cases = vec![
        // The closed loop, for contrast: one question at a time, timed from when it is asked.
        case(
            "s06-tasks",
            "[fault=slow,workers=1]",
            "--lines 2k --fault slow --workers 1",
        ),
    ];
    for program in ["s06-tasks", "s07-deadline"] {
        cases.extend([
            case(
                program,
                "[rate=5k,workers=64]",
                "--lines 6k --rate 5k --workers 64",
            ),
            case(
                program,
                "[fault=slow,rate=5k,workers=64]",
                "--lines 6k --fault slow --rate 5k --workers 64",
            ),
            case(
                program,
                "[fault=slow,rate=800,workers=1]",
                "--lines 2k --fault slow --rate 800 --workers 1",
            ),
            // More than one at a time can answer: what is not shed waits ever longer.
            case(
                program,
                "[rate=10k,workers=1]",
                "--lines 5k --rate 10k --workers 1",
            ),
            case(
                program,
                "[fault=hang,workers=8]",
                "--lines 5k --fault hang --workers 8",
            ),
            // A directory that dies and returns a second later.
            case(
                program,
                "[fault=blink,rate=5k,workers=8]",
                "--lines 10k --fault blink --rate 5k --workers 8",
            ),
        ]);
    }
    cases
}
