//! The cases of n05-servers: what a durable queue costs beside the parent's own ledger, what a cache that many share spares,
//! and how old its answers are.

use super::case::{Process, case};

/// As many as the parent's cases have, which stand beside these.
const LINES: &str = "--lines 300k";

fn servers(parameters: &str, arguments: &str) -> Process {
    case("n05-servers", parameters, arguments)
}

/// So many workers, each in a process of its own.
fn places(number: usize) -> String {
    " --place lookup=process".repeat(number)
}

/// The queue against the size of a range, without a shared cache: the parent has none.
pub(super) fn queues() -> Vec<Process> {
    let cases = [100, 1_000, 8_000].map(|range| queue("", range));
    cases.into()
}

/// The same, and the queue's server is killed in the middle.
pub(super) fn killed() -> Process {
    queue("killed=1,", 1_000)
}

fn queue(killed: &str, range: usize) -> Process {
    servers(
        &format!("[{killed}lines=300000,processes=2,range={range}]"),
        &format!("{LINES}{} --redis none --range {range}", places(2)),
    )
}

/// Three workers, each with a cache of its own, and the same with one that they share behind those.
pub(super) fn caches() -> Vec<Process> {
    let cases = [("own", " --redis none"), ("shared", "")].map(|(cache, flag)| {
        servers(
            &format!("[cache={cache},lines=300000,processes=3]"),
            &format!("{LINES}{}{flag}", places(3)),
        )
    });
    cases.into()
}

/// How old the answers are, by how long each cache keeps them, in milliseconds: the table changes, and lines come by the clock.
pub(super) fn staleness() -> Vec<Process> {
    let cases = [(500, 0), (0, 500), (500, 500)].map(|(near, shared)| {
        servers(
            &format!("[changes=70ms,lines=40k,near={near},rate=20k,shared={shared}]"),
            &format!(
                "--lines 40k --rate 20k --changes 70ms --near {near}ms --shared {shared}ms{}",
                places(2)
            ),
        )
    });
    cases.into()
}
