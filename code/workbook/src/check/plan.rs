//! Which runs are made to judge a fork.

use anyhow::Result;
use project::Project;
use traffic::generator::Workload;
use traffic::oracle::Rule;

use super::logs::{self, Log};

/// The lines of a generated log, as in the tests of the steps.
const LINES: u64 = 3_000;

/// A directory that fails is asked for fewer: some failures cost time by the question.
const FAULT_LINES: u64 = 1_200;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What finds most mistakes, in a few seconds.
    Quick,
    /// Everything.
    All,
}

/// One run to be made.
pub struct Trial {
    /// The number of its log.
    pub log: usize,
    /// What the program is given besides the log.
    flags: String,
    /// How its report must be.
    pub rule: Rule,
}

impl Trial {
    /// All that the program is given.
    pub fn arguments(&self, log: &Log) -> Vec<String> {
        let flags = self.flags.split_whitespace().map(str::to_owned);
        log.arguments().into_iter().chain(flags).collect()
    }
}

/// The logs, and the runs on each. What is read most easily when it goes wrong comes first.
///
/// # Errors
///
/// If the hostile logs cannot be written.
pub fn plan(project: &Project, scope: Scope) -> Result<(Vec<Log>, Vec<Trial>)> {
    let workers: &[usize] = match scope {
        Scope::Quick => &[7],
        Scope::All => &[1, 2, 7, 64],
    };
    let mut logs = Vec::new();
    let mut trials = Vec::new();
    let mut add = |log, runs: Vec<(String, Rule)>| {
        let number = logs.len();
        logs.push(log);
        trials.extend(runs.into_iter().map(|(flags, rule)| Trial {
            log: number,
            flags,
            rule,
        }));
    };
    let near = |workers: &usize| (format!("--workers {workers} --delay 0"), Rule::Equal);
    for workload in Workload::ALL {
        let mut runs: Vec<_> = workers.iter().map(near).collect();
        if workload == Workload::Steady {
            // As it is run without any argument, at the book's distance.
            runs.push((String::new(), Rule::Equal));
        }
        add(Log::generated(workload, LINES), runs);
    }
    add(
        logs::neighbours(project)?,
        workers.iter().map(near).collect(),
    );
    for log in logs::hostile(project)? {
        add(log, workers.iter().map(near).collect());
    }
    let faults = [
        ("slow", Workload::Messy, Rule::Equal),
        ("refuse", Workload::Messy, Rule::AllUnresolved),
        ("hang", Workload::Messy, Rule::AllUnresolved),
        ("garbage", Workload::Messy, Rule::ButUnresolved),
        // It answers some requests first: here every line is one.
        ("die", Workload::Cold, Rule::ButUnresolved),
    ];
    for (fault, workload, rule) in faults {
        if scope == Scope::Quick && ["slow", "hang"].contains(&fault) {
            continue; // they take seconds
        }
        let mut log = Log::generated(workload, FAULT_LINES);
        log.name += &format!(" and a directory with the fault {fault}");
        let workers = if scope == Scope::All {
            &[1, 7][..]
        } else {
            &[7]
        };
        let runs = workers.iter().map(|workers| {
            (
                format!("--workers {workers} --delay 0 --fault {fault}"),
                rule,
            )
        });
        add(log, runs.collect());
    }
    Ok((logs, trials))
}
