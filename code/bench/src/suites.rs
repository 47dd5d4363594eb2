//! What is measured: the suites, and for whole-process runs their cases.

mod case;
mod combine;
mod counted;
mod engine;
pub(crate) mod far;
mod fleet;
mod locality;
pub(crate) mod network;
mod range;
mod replica;
mod servers;
mod shards;
mod summary;
mod tasks;
mod together;

pub(crate) use self::case::{Beside, Process};
use self::case::{against_lines, case, sweep};
pub(crate) use self::counted::Counted;
pub(crate) use self::network::{How, Wire};

/// A named set of cases that are measured together and filed together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Suite {
    pub name: &'static str,
    /// What the cases work on, in words.
    pub workload: &'static str,
    pub kind: Kind,
}

/// How a suite is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// A criterion bench of the same name.
    Criterion {
        /// What one element or byte of its throughput is called: `lines_per_s`, `lines/s`.
        metric: &'static str,
        unit: &'static str,
    },
    /// A criterion bench of the same name. The metric is `ns`, for an element of its throughput.
    Times,
    /// A criterion bench of the same name, whose cases are single operations, and in the same rounds the benchmarks of the
    /// Go twins: what stands in one table was measured together. The metric is `ns`, for an operation.
    Concepts,
    /// The tests of a published suite that our channel passes.
    Published,
    /// A criterion bench of the same name, whose cases are single operations, and runs of whole programs.
    Network,
    /// Runs of whole programs.
    Process(fn() -> Vec<Process>),
    /// Runs of whole programs under a tool that counts their instructions.
    Instructions(&'static [&'static str]),
    /// Runs of whole programs whose instructions and mispredicted branches are counted, by the processor where it lets
    /// programs do that.
    Counted(&'static [Counted]),
    /// Runs of whole programs under a profiler.
    Profile(fn() -> Vec<Process>),
    /// Runs of other people's programs beside ours.
    Peers,
    /// What is worked out from what was measured of the network, and what a simulation makes of that.
    Far,
}

/// All suites, in the order in which they are measured.
pub(crate) const SUITES: &[Suite] = &[
    Suite {
        name: "parser",
        workload: "10,000 generated lines, taken apart one by one on one core",
        kind: Kind::Criterion {
            metric: "bytes_per_s",
            unit: "bytes/s",
        },
    },
    Suite {
        name: "shards",
        workload: "the clients of a steady log, seed 1, all of them in the cache; 400,000 lookups by all threads together",
        kind: Kind::Criterion {
            metric: "ops_per_s",
            unit: "lookups/s",
        },
    },
    Suite {
        name: "mapping",
        workload: "one operation in a loop, in Rust by criterion and in Go by testing.B; what it works on is in the case's name",
        kind: Kind::Concepts,
    },
    Suite {
        name: "published",
        workload: "the tests of crossbeam-channel, as its package ships them, run against the channel of our own",
        kind: Kind::Published,
    },
    Suite {
        name: "evolution",
        workload: "steady, seed 1, 20,000 lines, or as many as a case says; the baseline reads 400 of them, and 10,000 without distance",
        kind: Kind::Criterion {
            metric: "lines_per_s",
            unit: "lines/s",
        },
    },
    Suite {
        name: "limit",
        workload: "steady, seed 1, 1,000,000 lines in one mapped file",
        kind: Kind::Criterion {
            metric: "bytes_per_s",
            unit: "bytes/s",
        },
    },
    Suite {
        name: "core",
        workload: "steady and wide, seed 1, 1,000,000 lines in one mapped file, the directory without distance; a part of a step alone, or all of it; the built-in table, or one of a million ranges",
        kind: Kind::Times,
    },
    Suite {
        name: "process",
        workload: "whole processes with their own directory, seed 1; steady unless the case says otherwise",
        kind: Kind::Process(processes),
    },
    Suite {
        name: "network",
        workload: "one hop: items of 64 and 4,096 bytes; whole processes with their own directory: steady, seed 1",
        kind: Kind::Network,
    },
    // Behind the network, from which it is worked out.
    Suite {
        name: "far",
        workload: "what was measured of the network; whole processes with their own directory: steady, seed 1, 300,000 lines",
        kind: Kind::Far,
    },
    // These are last, because not every machine has the tools.
    Suite {
        name: "instructions",
        workload: "steady, seed 1; the lines from 5,000 to 25,000, counted by valgrind without the directory",
        kind: Kind::Instructions(&locality::COUNTED),
    },
    Suite {
        name: "counted",
        workload: "steady and wide, seed 1; the lines from 100,000 to 300,000, one worker, without the directory",
        kind: Kind::Counted(&counted::COUNTED),
    },
    Suite {
        name: "profile",
        workload: "one run each, a million lines of steady, seed 1",
        kind: Kind::Profile(profiles),
    },
    Suite {
        name: "peers",
        workload: "whole processes on the same two files of 5,000,000 lines, steady and wide, seed 1, in memory already, the slow ones on the first 500,000 or 100,000 of them; as many threads as cores for those that have threads",
        kind: Kind::Peers,
    },
];

/// The programs whose profile a chapter shows.
fn profiles() -> Vec<Process> {
    vec![
        case("s09-batch", "", "--lines 1M"),
        case("s15-steal", "", "--lines 5M"),
    ]
}

/// The cases of the suite `process`.
pub(crate) fn processes() -> Vec<Process> {
    let mut cases = vec![
        case("s00-baseline", "", "--lines 2k"),
        case("s00-baseline", "[delay=0]", "--lines 20k --delay 0"),
        case("s01-cache", "", "--lines 20k"),
        case("s01-cache", "[workload=cold]", "--lines 2k --workload cold"),
    ];
    for capacity in [1, 64, 1024] {
        let case = sweep("s02-pipeline", "capacity", capacity);
        // The usual capacity is what the chapter draws over time.
        cases.push(if capacity == 64 {
            case.over_time()
        } else {
            case
        });
    }
    for workers in [1, 8, 16] {
        cases.push(sweep("s03-replicas", "workers", workers));
    }
    for workers in [1, 2, 4, 8, 16, 32, 64, 128] {
        cases.push(sweep("s04-release", "workers", workers).alone());
    }
    cases.extend(elastic());
    cases.extend(tasks::in_flight());
    cases.extend(tasks::tail());
    cases.extend(together::flights());
    cases.extend(together::batches());
    cases.extend(locality::workers());
    cases.extend(shards::locks());
    cases.extend(shards::memory());
    cases.extend(combine::messages());
    cases.extend(combine::parts());
    cases.extend(summary::memory());
    cases.extend(range::ranges());
    cases.extend(replica::staleness());
    // What a cache answers, and what it keeps.
    cases.extend(against_lines("s01-cache"));
    cases
}

/// A number of workers that is chosen while the program runs, beside numbers that were chosen before: on
/// a log long enough to forget how it began, and under a load that changes every second. In that load
/// every line is a lookup, so that all its seconds need as much.
fn elastic() -> Vec<Process> {
    let long = "--lines 200k";
    let changing = "--lines 30k --workload cold --rate 500-10k";
    let mut cases = vec![
        case("s05-elastic", "", "--lines 20k"),
        case("s05-elastic", "[lines=200000]", long).over_time(),
        case("s05-elastic", "[rate=500-10k]", changing).over_time(),
    ];
    for workers in [8, 16, 32, 64] {
        cases.push(case(
            "s04-release",
            &format!("[lines=200000,workers={workers}]"),
            &format!("{long} --workers {workers}"),
        ));
    }
    for workers in [4, 32] {
        let fixed = case(
            "s04-release",
            &format!("[rate=500-10k,workers={workers}]"),
            &format!("{changing} --workers {workers}"),
        );
        cases.push(fixed.over_time());
    }
    cases
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_case_is_measured_twice() {
        let of_the_network = network::cases().into_iter().map(|(case, _)| case);
        for suite in [processes(), of_the_network.collect()] {
            let mut names = BTreeSet::new();
            for case in suite {
                let name = format!("{}{}", case.program, case.parameters);
                assert!(names.insert(name.clone()), "{name} is there twice");
            }
        }
    }
}
