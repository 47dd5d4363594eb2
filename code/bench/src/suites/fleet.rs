//! The cases of n04-shards: servers that can do only so much, more of them, and what is done to them.
//!
//! What is about the time of one answer asks one question a call and has a service time of a millisecond or two: far
//! longer than a wake-up or a hop takes. What is about the rate has batches, and the service time of the step.

use super::case::{Process, case};

/// Those whose report is whole.
pub(super) fn whole() -> Vec<Process> {
    [shards(), knee(), open(), choices(), slow()].concat()
}

/// One server of 1,000 questions a second with more to do than that, and with a limit to its queue: what it refuses
/// is missing in the report.
pub(super) fn refusing() -> Vec<Process> {
    let shed = format!("{OPEN} --rate 1200 --shed 20ms{}", servers(1));
    vec![fleet("[rate=1200,shed=20]", &shed)]
}

fn fleet(parameters: &str, arguments: &str) -> Process {
    case("n04-shards", parameters, arguments)
}

/// So many servers, each in a process of its own.
fn servers(number: usize) -> String {
    " --place server=process".repeat(number)
}

/// As fast as they can: one server, two, four; with a key that is most of the traffic; and one lost or added in the
/// middle.
fn shards() -> Vec<Process> {
    let mut cases = Vec::new();
    for number in [1, 2, 4] {
        for workload in ["cold", "skew"] {
            let case = fleet(
                &format!("[servers={number},workload={workload}]"),
                &format!("--lines 40k --workload {workload}{}", servers(number)),
            );
            cases.push(case.alone());
        }
    }
    for (name, number, upset) in [("kill", 4, "kill:2@1000"), ("add", 3, "add@4000")] {
        cases.push(fleet(
            &format!("[servers={number},upset={name},workload=cold]"),
            &format!(
                "--lines 40k --workload cold{} --upset {upset}",
                servers(number)
            ),
        ));
    }
    cases
}

/// One server, in a closed loop: so many calls under way, of which each takes 1 ms of the server and 4 ms of a
/// journey.
fn knee() -> Vec<Process> {
    let cases = [1, 2, 4, 5, 8, 16, 32].map(|workers| {
        fleet(
            &format!("[workers={workers}]"),
            &format!(
                "--lines 400 --workload cold --batch 1 --service 1ms --delay 4ms --workers {workers}{}",
                servers(1)
            ),
        )
        .alone()
    });
    cases.into()
}

/// One server of 1,000 questions a second, in an open loop.
fn open() -> Vec<Process> {
    let cases = ["500", "900", "1200"].map(|rate| {
        fleet(
            &format!("[rate={rate}]"),
            &format!("{OPEN} --rate {rate}{}", servers(1)),
        )
    });
    cases.into()
}

const OPEN: &str = "--lines 1500 --workload cold --batch 1 --service 1ms --delay 0";

/// One shard of eight servers at four fifths of what they can do: a replica by chance, and the better one of two.
fn choices() -> Vec<Process> {
    let cases = ["random", "two"].map(|choice| {
        fleet(
            &format!("[choice={choice}]"),
            &format!(
                "--lines 4k --rate 3200 {EIGHT} --replicas 8 --choice {choice} --hedge off{}",
                servers(8)
            ),
        )
    });
    cases.into()
}

const EIGHT: &str = "--workload cold --batch 1 --service 2ms --delay 0";

/// The same eight with less to do, and one of them ten times as slow: with second attempts, and without.
fn slow() -> Vec<Process> {
    let cases = ["off", "on"].map(|hedge| {
        fleet(
            &format!("[hedge={hedge},slow=1]"),
            &format!(
                "--lines 2k --rate 1000 {EIGHT} --replicas 2 --upset slow:1@0 --hedge {hedge}{}",
                servers(8)
            ),
        )
    });
    cases.into()
}
