//! Counting a published suite: how many of another channel's tests ours passes, and how many it cannot run.
//!
//! The test in `code/mapping/channels-are-queues` runs them, and prints a line for each file in the form in which a bench says
//! what it has beside its times. What is counted does not vary: it is counted once.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use project::cargo::cargo;

use super::order::{Order, Progress};
use super::samples::Samples;
use crate::criterion;

/// Runs the suite, and files what it counts of the cases that are wanted: which there are, only it can tell.
///
/// # Errors
///
/// If a test fails, or nothing is counted.
pub(super) fn count(
    root: &Path,
    order: &Order,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    say(&Progress {
        done: 0,
        total: 0,
        what: "running the published suite".into(),
    });
    let output = cargo()
        .current_dir(root)
        .args([
            "test",
            "--package",
            "channels-are-queues",
            "--test",
            "published",
        ])
        // One thread alone would put a test's name in front of the first line that it prints.
        .args(["--", "--nocapture", "--test-threads", "2"])
        .output()
        .context("cannot run cargo")?;
    ensure!(
        output.status.success(),
        "the published suite does not pass:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let counted = criterion::also(&output.stdout);
    ensure!(!counted.is_empty(), "the published suite counts nothing");
    for (case, metric, value, unit) in counted {
        if order.has(&case) {
            samples.add(&case, &metric, &unit, [value]);
        }
    }
    Ok(())
}
