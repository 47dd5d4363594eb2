//! Killing a worker in the middle of a run: one that is to be exact all the same, or one that is run again.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::process::{self, Run};
use crate::suites::Process;

/// How long after its workers are there one is killed: the work has begun then, and is far from done.
const AFTER: Duration = Duration::from_millis(150);

/// How long its workers are waited for: the log is written before they are started.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often they are looked for.
const EVERY: Duration = Duration::from_millis(2);

/// Runs a program once, and kills the first of its workers.
///
/// # Errors
///
/// If the program cannot be run, fails, or has ended before the worker could be killed.
pub(crate) fn run(binaries: &Path, case: &Process) -> Result<Run> {
    process::run_beside(binaries, case, kill_a_child)
}

/// Runs a program that ends when one of its workers does, kills the first of them, and runs it again. The metrics are
/// those of the second run, and how long the first one took to end.
///
/// # Errors
///
/// If the program cannot be run, ends well although it lost a worker, or has ended before the worker could be killed; and
/// those of the second run.
pub(crate) fn rerun(binaries: &Path, case: &Process) -> Result<Run> {
    let mut child = Command::new(binaries.join(case.program))
        .args(&case.arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run {}", case.program))?;
    let killed = kill_a_child(child.id());
    let began = Instant::now();
    let ended = child.wait().context("it was started")?;
    let ended_s = began.elapsed().as_secs_f64();
    killed?;
    ensure!(!ended.success(), "it ended well, without a worker");
    let mut run = process::run(binaries, case)?;
    run.put("ended_s", "s", ended_s);
    Ok(run)
}

fn kill_a_child(of: u32) -> Result<()> {
    let began = Instant::now();
    let child = loop {
        if let Some(child) = children(of).first() {
            break *child;
        }
        if began.elapsed() > PATIENCE {
            bail!("there was no worker to kill");
        }
        thread::sleep(EVERY);
    };
    thread::sleep(AFTER);
    let killed = Command::new("kill")
        .args(["-9", &child.to_string()])
        .stderr(Stdio::null())
        .status()
        .context("cannot run kill")?;
    ensure!(
        killed.success(),
        "the worker had ended before it was killed"
    );
    Ok(())
}

/// The children of a process, of whichever of its threads.
fn children(of: u32) -> Vec<u32> {
    let threads = std::fs::read_dir(format!("/proc/{of}/task"));
    let threads = threads.into_iter().flatten().flatten();
    let lists = threads.map(|thread| std::fs::read_to_string(thread.path().join("children")));
    let text: String = lists.map(Result::unwrap_or_default).collect();
    let numbers = text.split_whitespace().map(str::parse);
    numbers.filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_child_is_found_and_killed() {
        let mut child = Command::new("sleep").arg("60").spawn().expect("sleep");
        assert!(children(std::process::id()).contains(&child.id()));
        child.kill().expect("it runs");
        assert!(!child.wait().expect("it was started").success());
    }
}
