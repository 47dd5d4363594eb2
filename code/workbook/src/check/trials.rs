//! The runs by which a fork is judged, and what came of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use traffic::generator::Workload;

use super::attempt::{self, Ended};
use super::logs::{self, Log};
use super::verdict::{Difference, Rule};
use crate::project::Project;
use crate::stop::Stop;

/// Who has not answered by then hangs. A dead directory costs a step some seconds, a slow machine more.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// When so many logs were reported wrongly, no others are tried: a fork that is wrong everywhere, or
/// hangs everywhere, is told so soon.
const WRONG_MAX: usize = 3;

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
struct Trial {
    /// The number of its log.
    log: usize,
    flags: String,
    rule: Rule,
}

/// A run that went wrong.
pub struct Failure {
    /// The log's name.
    pub log: String,
    /// How it is repeated: what the fork is given.
    pub arguments: String,
    /// What was wrong.
    pub how: How,
}

/// How a run went wrong.
pub enum How {
    /// Its report differs in this.
    Differs(Vec<Difference>),
    /// There was no report: why.
    NoReport(String),
}

/// What came of all the runs.
pub struct Judgement {
    /// The wrong ones, of each log the first.
    pub failures: Vec<Failure>,
    /// How many runs there were.
    pub runs: usize,
    /// On how many logs.
    pub logs: usize,
    /// Whether the reader has ended it early.
    pub stopped: bool,
}

/// Runs a program on all logs and holds its reports against the oracle's.
///
/// # Errors
///
/// If it cannot be run at all.
pub fn judge(
    project: &Project,
    executable: &Path,
    scope: Scope,
    stop: &Stop,
    say: &(dyn Fn(usize, usize) + Sync),
) -> Result<Judgement> {
    let (logs, trials) = plan(project, scope)?;
    let next = AtomicUsize::new(0);
    let failed: Mutex<BTreeMap<usize, (usize, How)>> = Mutex::default();
    let error: Mutex<Option<anyhow::Error>> = Mutex::default();
    let work = || {
        // Relaxed: a number is taken once, whatever else is seen of the others.
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(trial) = trials.get(number)
        {
            say(number, trials.len());
            let enough = {
                let failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                failed.len() >= WRONG_MAX || failed.contains_key(&trial.log)
            };
            if enough {
                continue;
            }
            match attempt(project, executable, &logs[trial.log], trial, stop) {
                Ok(None) => {}
                Ok(Some(how)) => {
                    let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                    failed.entry(trial.log).or_insert((number, how));
                }
                Err(why) => {
                    *error.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
                    return;
                }
            }
            if stop.asked() {
                return;
            }
        }
    };
    // Some trials compute, and some wait for a directory that does not answer.
    let threads = std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    if let Some(error) = error.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    let failures = failed.into_iter().map(|(log, (number, how))| Failure {
        log: logs[log].name.clone(),
        arguments: arguments(&logs[log], &trials[number]).join(" "),
        how,
    });
    Ok(Judgement {
        failures: failures.collect(),
        runs: trials.len(),
        logs: logs.len(),
        stopped: stop.asked(),
    })
}

/// One run; none if it is right, or was stopped.
fn attempt(
    project: &Project,
    executable: &Path,
    log: &Log,
    trial: &Trial,
    stop: &Stop,
) -> Result<Option<How>> {
    let arguments = arguments(log, trial);
    let ended = attempt::run(executable, &arguments, &project.root, TIME_LIMIT, stop)?;
    Ok(match ended {
        Ended::Stopped => None,
        Ended::Badly(why) => Some(How::NoReport(why)),
        Ended::Report(report) => {
            let differences = log.expected().differences(&report, trial.rule);
            (!differences.is_empty()).then_some(How::Differs(differences))
        }
    })
}

fn arguments(log: &Log, trial: &Trial) -> Vec<String> {
    let flags = trial.flags.split_whitespace().map(str::to_owned);
    log.arguments().into_iter().chain(flags).collect()
}

/// The logs, and the runs on each. What is read most easily when it goes wrong comes first.
fn plan(project: &Project, scope: Scope) -> Result<(Vec<Log>, Vec<Trial>)> {
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
            // As it is run by who says nothing, at the book's distance.
            runs.push((String::new(), Rule::Equal));
        }
        add(Log::generated(workload, LINES), runs);
    }
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
