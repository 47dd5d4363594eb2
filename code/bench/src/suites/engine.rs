//! The cases of n06-engine: beside one good thread, with and without a combiner, in epochs of several sizes, with a skewed
//! exchange, and what it costs that nothing survives.

use super::case::{Process, case};

/// How much is read where it is timed: enough that the rates of the fastest are not those of their beginning.
const LINES: &str = "--lines 1M";

/// As much as is read until a worker is killed, and then again.
const LINES_AGAIN: &str = "--lines 3M";

/// Two processes with a worker each.
const TWO: &str = " --workers 2 --processes 2";

/// Those that are left alone.
pub(super) fn whole() -> Vec<Process> {
    [beside_one_thread(), combined(), epochs(), skewed()].concat()
}

/// One that loses a process, and is run again.
pub(super) fn again() -> Vec<Process> {
    vec![engine(
        "[lines=3M,processes=2,rerun=1]",
        &format!("{LINES_AGAIN}{TWO}"),
    )]
}

fn engine(parameters: &str, arguments: &str) -> Process {
    case("n06-engine", parameters, arguments)
}

/// One thread of the step that it grew from; one worker, two, and two in two processes; on few rows and on many.
fn beside_one_thread() -> Vec<Process> {
    let mut cases = Vec::new();
    for (parameter, workload) in [("", ""), (",workload=wide", " --workload wide")] {
        let one = |program| {
            let parameters = format!("[lines=1M,workers=1{parameter}]");
            case(
                program,
                &parameters,
                &format!("{LINES} --workers 1{workload}"),
            )
        };
        let two = |name: &str, arguments: &str| {
            let parameters = format!("[lines=1M,{name}=2{parameter}]");
            engine(&parameters, &format!("{LINES}{arguments}{workload}"))
        };
        cases.extend([one("s14-locality"), one("n06-engine")]);
        cases.extend([two("workers", " --workers 2"), two("processes", TWO)]);
    }
    cases
}

/// Without a combiner, which all others have.
fn combined() -> Vec<Process> {
    vec![
        engine(
            "[combine=off,lines=1M,workers=1]",
            &format!("{LINES} --workers 1 --combine off"),
        ),
        engine(
            "[combine=off,lines=1M,processes=2]",
            &format!("{LINES}{TWO} --combine off"),
        ),
    ]
}

/// Epochs of other sizes than the default, which is 64 chunks.
fn epochs() -> Vec<Process> {
    let cases = [2, 8, 512].map(|chunks| {
        engine(
            &format!("[epoch={chunks},lines=1M,processes=2]"),
            &format!("{LINES}{TWO} --epoch {chunks}"),
        )
    });
    cases.into()
}

/// How unequal the counting is does not depend on how many workers the machine has use for.
fn skewed() -> Vec<Process> {
    let cases = [("off", "row"), ("off", "holder"), ("on", "holder")].map(|(combine, key)| {
        engine(
            &format!("[combine={combine},key={key},lines=200k,processes=2,workers=4,workload=skew]"),
            &format!(
                "--lines 200k --workload skew --workers 4 --processes 2 --combine {combine} --key {key}"
            ),
        )
    });
    cases.into()
}
