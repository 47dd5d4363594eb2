//! The cases of the steps of the network, as whole processes: what another process costs or brings, and what goes
//! over the wire. All read the same log, so that all must come to the same report.

use super::case::{Process, case};
use super::{engine, fleet, servers};

/// How many lines a case reads: enough that the start of a run is not what is timed.
const LINES: &str = "--lines 300k";

/// The same where two lookups at a time make it slow.
const LINES_SLOW: &str = "--lines 5k";

/// The same where bytes are counted, and no time is.
const LINES_COUNTED: &str = "--lines 100k";

/// What is done to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// It is left alone, and timed.
    Timed,
    /// The bytes between the run and its worker are counted.
    Counted(Wire),
    /// One of its workers is killed in the middle.
    Killed,
    /// One of its workers is killed in the middle, which ends it, and it is run again.
    Rerun,
    /// It is timed, and refuses a part of its lines: its report is not that of the others.
    Refused,
    /// It is timed, on a directory that changes: nor is this.
    Changing,
}

/// All whole programs.
pub(crate) fn cases() -> Vec<(Process, How)> {
    let timed = processes().into_iter().map(|case| (case, How::Timed));
    let counted = wires().into_iter();
    let counted = counted.map(|(case, wire)| (case, How::Counted(wire)));
    let fleets = fleet::whole().into_iter().map(|case| (case, How::Timed));
    let refusing = fleet::refusing().into_iter();
    let fleets = fleets.chain(refusing.map(|case| (case, How::Refused)));
    let engines = engine::whole().into_iter().map(|case| (case, How::Timed));
    // The system tells of a process's children on Linux only.
    let again = engine::again()
        .into_iter()
        .filter(|_| cfg!(target_os = "linux"));
    let engines = engines.chain(again.map(|case| (case, How::Rerun)));
    let all = timed.chain(counted).chain(safety());
    let all = all.chain(fleets).chain(through_servers());
    all.chain(engines).collect()
}

/// What it costs that a worker may be lost: to acknowledge ranges of lines or not to; and against the size of a
/// range, runs that lose nothing beside such that lose a worker.
fn safety() -> Vec<(Process, How)> {
    let two = places(2);
    let mut cases = Vec::new();
    let unsafe_one = case(
        "n03-failure",
        "[ack=none,lines=300000,processes=2]",
        &format!("{LINES}{two} --ack none"),
    );
    cases.push((unsafe_one, How::Timed));
    for range in [100, 1_000, 8_000, 64_000] {
        let arguments = format!("{LINES}{two} --range {range}");
        let named = |killed: &str| {
            let parameters = format!("[{killed}lines=300000,processes=2,range={range}]");
            case("n03-failure", &parameters, &arguments)
        };
        cases.push((named(""), How::Timed));
        // The system tells of a process's children on Linux only.
        if cfg!(target_os = "linux") {
            cases.push((named("killed=1,"), How::Killed));
        }
    }
    cases
}

/// What servers of others cost and bring.
fn through_servers() -> impl Iterator<Item = (Process, How)> {
    let timed = servers::queues().into_iter().chain(servers::caches());
    let timed = timed.map(|case| (case, How::Timed));
    let changing = servers::staleness().into_iter();
    let changing = changing.map(|case| (case, How::Changing));
    // The system tells of a process's children on Linux only.
    let killed = cfg!(target_os = "linux").then(|| (servers::killed(), How::Killed));
    timed.chain(changing).chain(killed)
}

/// The same stage in no, one, two and four other processes, near and far from the directory; and the step and
/// the program of Part II that it grew from.
fn processes() -> Vec<Process> {
    let mut cases = Vec::new();
    for (parameter, delay) in [("", ""), (",delay=0", " --delay 0")] {
        let near_or_far = |program, processes: &str, places: &str| {
            let parameters = format!("[lines=300000{processes}{parameter}]");
            case(program, &parameters, &format!("{LINES}{places}{delay}"))
        };
        cases.push(near_or_far("s09-batch", "", ""));
        cases.push(near_or_far("n00-tasks", "", ""));
        for processes in [0, 1, 2, 4] {
            cases.push(near_or_far(
                "n01-remote-channels",
                &format!(",processes={processes}"),
                &places(processes),
            ));
        }
    }
    // Few lookups in flight: each process may have as many as the one, so that four have four times as many.
    // And one process with all that those four have.
    for (processes, workers) in [(0, 2), (1, 2), (2, 2), (4, 2), (0, 8)] {
        let case = case(
            "n01-remote-channels",
            &format!("[lines=5000,processes={processes},workers={workers}]"),
            &format!("{LINES_SLOW} --workers {workers}{}", places(processes)),
        );
        cases.push(case.alone());
    }
    cases
}

/// So many processes for the lookup; without any it runs here.
fn places(processes: usize) -> String {
    " --place lookup=process".repeat(processes)
}

/// How the bytes between a run and its worker are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    /// As they are.
    Tcp,
    /// As they are encrypted.
    Tls,
}

/// The cases whose bytes on the wire are counted, with one worker behind a proxy: by the size of a batch, and by
/// whether it is encrypted.
fn wires() -> Vec<(Process, Wire)> {
    let counted = |batch, name, wire| {
        let parameters = format!("[batch={batch},lines=100000,wire={name}]");
        let arguments = format!("{LINES_COUNTED} --batch {batch}");
        (case("n01-remote-channels", &parameters, &arguments), wire)
    };
    vec![
        counted(1, "tcp", Wire::Tcp),
        counted(8, "tcp", Wire::Tcp),
        counted(64, "tcp", Wire::Tcp),
        counted(512, "tcp", Wire::Tcp),
        counted(64, "tls", Wire::Tls),
    ]
}
