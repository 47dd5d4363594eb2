//! One run of a whole program: its name, what stands in its brackets, and its arguments.

/// One whole-process case.
#[derive(Clone, Debug)]
pub(crate) struct Process {
    /// The parameters behind the program's name: `[workload=cold]`, or nothing.
    pub parameters: String,
    pub program: &'static str,
    pub arguments: Vec<String>,
    /// Whether what it did over time is kept.
    pub series: bool,
    pub beside: Beside,
}

/// Whether others may run beside a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// If it mostly waits, which an earlier measurement tells, or else the first round.
    IfItWaits,
    /// Only what is counted is asked of it, and its memory: its time is nobody's.
    Always,
    /// Even if it waits: something is done to it in the middle, or it is one of two runs, or it stands on a curve with
    /// others that do not wait.
    Never,
}

impl Process {
    /// What it reads, in the words of its arguments: those that stand behind `--lines` and `--workload`.
    pub(crate) fn log(&self) -> String {
        let pairs = self.arguments.iter().zip(self.arguments.iter().skip(1));
        let named = pairs.filter(|(name, _)| ["--lines", "--workload"].contains(&name.as_str()));
        let words: Vec<&str> = named.map(|(_, value)| value.as_str()).collect();
        words.join(" ")
    }

    /// The same case, and its time is nobody's.
    pub(super) fn counted(self) -> Process {
        Process {
            beside: Beside::Always,
            ..self
        }
    }

    /// The same case, and nothing may run beside it.
    pub(super) fn alone(self) -> Process {
        Process {
            beside: Beside::Never,
            ..self
        }
    }

    /// The same case, and what it did over time is kept.
    pub(super) fn over_time(self) -> Process {
        Process {
            series: true,
            ..self
        }
    }
}

/// A case by its program, its parameters with their brackets, and its arguments.
pub(super) fn case(program: &'static str, parameters: &str, arguments: &str) -> Process {
    Process {
        program,
        parameters: parameters.to_owned(),
        arguments: arguments.split_whitespace().map(str::to_owned).collect(),
        series: false,
        beside: Beside::IfItWaits,
    }
}

/// One point of a sweep: one parameter set, on the log that all sweeps share.
pub(super) fn sweep(program: &'static str, parameter: &str, value: u32) -> Process {
    case(
        program,
        &format!("[{parameter}={value}]"),
        &format!("--lines 20k --{parameter} {value}"),
    )
}

/// One program against the lines it has read, and without distance: what a cache answers and keeps does not
/// depend on that, and a million lines shall take seconds.
pub(super) fn against_lines(program: &'static str) -> impl Iterator<Item = Process> {
    let steady = [1_000, 10_000, 100_000, 1_000_000].map(|lines| (lines, "steady", ""));
    let cold = [1_000, 10_000, 100_000].map(|lines| (lines, "cold", ",workload=cold"));
    let cases = steady.into_iter().chain(cold);
    cases.map(move |(lines, workload, parameter)| {
        let case = case(
            program,
            &format!("[delay=0,lines={lines}{parameter}]"),
            &format!("--lines {lines} --workload {workload} --delay 0"),
        );
        // The longest of them take as long as all others, and no chapter asks for their time.
        match (workload, lines) {
            ("steady", 1_000_000) | ("cold", 100_000) => case.counted(),
            _ => case,
        }
    })
}
