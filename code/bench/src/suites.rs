//! What is measured: the suites, and for whole-process runs their cases.

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
    /// Runs of whole programs.
    Process(fn() -> Vec<Process>),
}

/// One whole-process case.
#[derive(Clone, Debug)]
pub(crate) struct Process {
    /// The parameters behind the program's name: `[workload=cold]`, or nothing.
    pub parameters: String,
    pub program: &'static str,
    pub arguments: Vec<String>,
    /// Whether what it did over time is kept.
    pub series: bool,
}

/// All suites, in the order in which they are measured.
pub(crate) const SUITES: [Suite; 3] = [
    Suite {
        name: "parser",
        workload: "10,000 generated lines, taken apart one by one on one core",
        kind: Kind::Criterion {
            metric: "bytes_per_s",
            unit: "bytes/s",
        },
    },
    Suite {
        name: "evolution",
        workload: "steady, seed 1; a slow step reads fewer lines than a fast one",
        kind: Kind::Criterion {
            metric: "lines_per_s",
            unit: "lines/s",
        },
    },
    Suite {
        name: "process",
        workload: "whole processes with their own directory, seed 1; steady unless the case says otherwise",
        kind: Kind::Process(processes),
    },
];

fn processes() -> Vec<Process> {
    let case = |program, parameters: &str, arguments: &str| Process {
        program,
        parameters: parameters.to_owned(),
        arguments: arguments.split_whitespace().map(str::to_owned).collect(),
        series: false,
    };
    let mut cases = vec![
        case("s00-baseline", "", "--lines 2k"),
        case("s01-cache", "", "--lines 10k"),
        case("s01-cache", "[workload=cold]", "--workload cold --lines 2k"),
    ];
    for lines in [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000] {
        for workload in ["steady", "cold"] {
            cases.push(case(
                "s01-cache",
                &format!("[lines={lines},workload={workload}]"),
                &format!("--lines {lines} --workload {workload} --delay 0"),
            ));
        }
    }
    cases
}
