//! Measuring by criterion: a bench is built once, and run for each round and case.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::programs::cargo;
use super::{Effort, Order, Progress, Samples};
use crate::criterion;

/// What takes longer than this in a round has enough samples after fewer of them, or a full run of the
/// suites would take an hour.
const SLOW: Duration = Duration::from_secs(30);
const ROUNDS_SLOW: usize = 2;

/// Runs the cases of a bench in rounds.
pub(super) fn measure(
    root: &Path,
    order: &Order,
    (metric, unit): (&str, &str),
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let bench = order.suite;
    say(&Progress {
        done: 0,
        total: 0,
        what: format!("building the bench {bench}"),
    });
    let executable = build_bench(root, bench)?;
    let mut ids = list(&executable)?;
    ids.retain(|id| order.has(id));
    ensure!(!ids.is_empty(), "no case of {bench} is called so");
    let (rounds, seconds) = match order.effort {
        Effort::Quick => (1, "0.5"),
        Effort::Full => (3, "1"),
    };
    let mut slow = BTreeSet::new();
    for round in 0..rounds {
        for (number, id) in ids.iter().enumerate() {
            if round == ROUNDS_SLOW && slow.contains(id) {
                continue;
            }
            let what = format!("{id}, round {} of {rounds}", round + 1);
            say(&Progress {
                done: round * ids.len() + number,
                total: rounds * ids.len(),
                what,
            });
            let began = Instant::now();
            let home = tempfile::tempdir().context("cannot make a temporary folder")?;
            let output = Command::new(&executable)
                .args(["--bench", "--exact", id, "--noplot", "--sample-size", "10"])
                .args(["--warm-up-time", "0.3", "--measurement-time", seconds])
                .env("CRITERION_HOME", home.path())
                .output()
                .with_context(|| format!("cannot run {}", executable.display()))?;
            ensure!(
                output.status.success(),
                "{id} failed:\n{}",
                String::from_utf8_lossy(&output.stderr)
            );
            for measured in criterion::read(home.path())? {
                let rates = measured
                    .seconds
                    .iter()
                    .map(|seconds| measured.amount / seconds);
                samples.add(&measured.id, metric, unit, rates);
            }
            if began.elapsed() > SLOW {
                slow.insert(id);
            }
            for (case, metric, value, unit) in criterion::also(&output.stdout) {
                samples.add(&case, &metric, &unit, [value]);
            }
        }
    }
    Ok(())
}

/// Builds one bench and says where its executable is.
fn build_bench(root: &Path, bench: &str) -> Result<PathBuf> {
    let output = cargo(root)
        .args([
            "bench",
            "--package",
            "bench",
            "--bench",
            bench,
            "--no-run",
            "--message-format",
            "json",
        ])
        .output()
        .context("cannot run cargo")?;
    ensure!(
        output.status.success(),
        "the bench does not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == bench)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo did not say where the bench is")
}

/// The names of a bench's cases.
fn list(executable: &Path) -> Result<Vec<String>> {
    let output = Command::new(executable)
        .args(["--bench", "--list"])
        .output()
        .with_context(|| format!("cannot run {}", executable.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let ids: Vec<String> = text
        .lines()
        .filter_map(|line| Some(line.strip_suffix(": benchmark")?.to_owned()))
        .collect();
    ensure!(
        !ids.is_empty(),
        "{} lists no benchmarks",
        executable.display()
    );
    Ok(ids)
}
