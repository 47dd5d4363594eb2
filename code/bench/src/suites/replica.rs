//! The cases of the copied table: what is asked where no lookup asks, and how old the answers are.

use super::case::{Process, case};

/// Both steps on a directory that changes, and in an open loop, so that the age of the answers can be
/// told. A cache whose answers never expire gets older with its run, so it has a second one. The table's
/// interval is no multiple of the refresher's: in step with one another they would show one phase only.
pub(super) fn staleness() -> Vec<Process> {
    let mut cases = vec![
        changing("s11-combine", "70ms", None, "30k"),
        changing("s11-combine", "70ms", None, "60k"),
    ];
    for refresh in ["10ms", "100ms", "1s"] {
        cases.push(changing("s13-replicate", "70ms", Some(refresh), "30k"));
    }
    cases.push(changing("s13-replicate", "7ms", Some("100ms"), "30k"));
    // On a table that stays, beside the parent's own case of this length.
    cases.push(case("s13-replicate", "[lines=1000000]", "--lines 1M"));
    cases
}

fn changing(program: &'static str, changes: &str, refresh: Option<&str>, lines: &str) -> Process {
    let (parameter, flag) = match refresh {
        Some(refresh) => (
            format!(",refresh={refresh}"),
            format!(" --refresh {refresh}"),
        ),
        None => Default::default(),
    };
    case(
        program,
        &format!("[changes={changes},lines={lines},rate=20k{parameter}]"),
        &format!("--lines {lines} --rate 20k --changes {changes}{flag}"),
    )
}
