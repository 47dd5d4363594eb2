//! Kills a worker of a program that runs: one of the processes that it has started.
//!
//! Which one is decided here and by nobody else: a page says when, and never what.

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::Command;
use tokio::time::sleep;

/// How long a program that has just started may take until it has a worker.
const STARTING: Duration = Duration::from_millis(300);
/// How often it is looked at.
const TICK: Duration = Duration::from_millis(20);

/// Why none was killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKilled {
    /// There is none.
    None,
    /// The system does not tell what runs, or does not let it be killed.
    Failed,
}

impl NotKilled {
    /// The same as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            NotKilled::None => "there is no worker to kill",
            NotKilled::Failed => "no worker could be killed",
        }
    }
}

/// Kills the oldest worker of this process, which has not been waited for, and tells its number.
///
/// # Errors
///
/// If there is none.
pub async fn kill_one(of: Pid) -> Result<Pid, NotKilled> {
    let workers = workers(of).await.ok_or(NotKilled::Failed)?;
    let oldest = workers.into_iter().min_by_key(|pid| pid.as_raw_nonzero());
    let oldest = oldest.ok_or(NotKilled::None)?;
    kill_process(oldest, Signal::KILL).map_err(|_| NotKilled::Failed)?;
    Ok(oldest)
}

/// The same for a program that may not have its workers yet.
///
/// # Errors
///
/// If there is none after a while.
pub async fn kill_first(of: Pid) -> Result<Pid, NotKilled> {
    let began = Instant::now();
    loop {
        match kill_one(of).await {
            Err(NotKilled::None) if began.elapsed() < STARTING => sleep(TICK).await,
            done => return done,
        }
    }
}

/// The processes that this one has started and that still run; none if the system does not tell.
async fn workers(of: Pid) -> Option<Vec<Pid>> {
    let listed = Command::new("ps")
        .args(["-A", "-o", "pid=,ppid=,stat="])
        .kill_on_drop(true)
        .output()
        .await
        .ok()?;
    let text = String::from_utf8(listed.stdout).ok()?;
    let of = of.as_raw_nonzero().get();
    let worker = |line: &str| {
        let mut words = line.split_whitespace();
        let mut number = || words.next()?.parse::<i32>().ok();
        let (pid, parent) = (number()?, number()?);
        // What has ended and was not waited for yet is listed, too.
        let runs = !words.next()?.starts_with('Z');
        Pid::from_raw(pid).filter(|_| parent == of && runs)
    };
    Some(text.lines().filter_map(worker).collect())
}
