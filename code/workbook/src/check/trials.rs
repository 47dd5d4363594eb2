//! The runs by which a fork is judged, and what came of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use project::Project;
use traffic::oracle::{Difference, differences};

use super::attempt::{self, Ended};
use super::logs::Log;
use super::plan::{Scope, Trial, plan};
use crate::interrupt::Interrupt;

/// A program that has not answered by then hangs. A dead directory costs a step some seconds, a slow machine more.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// When so many logs were reported wrongly, no others are tried: a fork that is wrong everywhere, or
/// hangs everywhere, is told so soon.
const WRONG_MAX: usize = 3;

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
    interrupt: &Interrupt,
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
            match attempt(project, executable, &logs[trial.log], trial, interrupt) {
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
            if interrupt.is_requested() {
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
        arguments: trials[number].arguments(&logs[log]).join(" "),
        how,
    });
    Ok(Judgement {
        failures: failures.collect(),
        runs: trials.len(),
        logs: logs.len(),
        stopped: interrupt.is_requested(),
    })
}

/// One run; none if it is right, or was stopped.
fn attempt(
    project: &Project,
    executable: &Path,
    log: &Log,
    trial: &Trial,
    interrupt: &Interrupt,
) -> Result<Option<How>> {
    let arguments = trial.arguments(log);
    let ended = attempt::run(executable, &arguments, &project.root, TIME_LIMIT, interrupt)?;
    Ok(match ended {
        Ended::Stopped => None,
        Ended::Badly(why) => Some(How::NoReport(why)),
        Ended::Report(report) => {
            let differences = differences(log.expected(), &report, trial.rule);
            (!differences.is_empty()).then_some(How::Differs(differences))
        }
    })
}
