//! Measuring by criterion: a bench is built once, and run for each round and case.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::go::Twins;
use super::programs::cargo;
use super::{Effort, Order, Progress, Samples};
use crate::criterion;

/// What takes longer than this in a round has enough samples after fewer of them, or a full run of the
/// suites would take an hour.
const SLOW: Duration = Duration::from_secs(30);
const ROUNDS_SLOW: usize = 2;

/// What is said of a case.
#[derive(Clone, Copy, Debug)]
pub(super) enum Figure {
    /// How many elements or bytes a second, as this metric with this unit.
    Rate(&'static str, &'static str),
    /// How many nanoseconds for one of them, as the metric `ns`.
    Time,
}

impl Figure {
    fn add(self, measured: &criterion::Samples, samples: &mut Samples) {
        let amount = measured.amount;
        let seconds = measured.seconds.iter();
        match self {
            Figure::Rate(metric, unit) => {
                samples.add(
                    &measured.id,
                    metric,
                    unit,
                    seconds.map(|seconds| amount / seconds),
                );
            }
            Figure::Time => {
                samples.add(
                    &measured.id,
                    "ns",
                    "ns",
                    seconds.map(|seconds| seconds * 1e9 / amount),
                );
            }
        }
    }
}

/// Runs the cases of a bench in rounds, and in each round also those of the twins, if there are some.
pub(super) fn measure(
    root: &Path,
    order: &Order,
    figure: Figure,
    twins: Option<Twins>,
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
    let of_twins = twins.as_ref().map_or(0, Twins::count);
    let in_a_round = ids.len() + of_twins;
    ensure!(in_a_round > 0, "no case of {bench} is called so");
    let rounds = match order.effort {
        Effort::Quick => 1,
        Effort::Full => 3,
    };
    let mut slow = BTreeSet::new();
    for round in 0..rounds {
        let mut tell = |number: usize, what: &str| {
            say(&Progress {
                done: round * in_a_round + number,
                total: rounds * in_a_round,
                what: format!("{what}, round {} of {rounds}", round + 1),
            });
        };
        for (number, id) in ids.iter().enumerate() {
            if round == ROUNDS_SLOW && slow.contains(id) {
                continue;
            }
            tell(number, id);
            let began = Instant::now();
            once(&executable, id, order.effort, figure, samples)?;
            if began.elapsed() > SLOW {
                slow.insert(id);
            }
        }
        if let Some(twins) = &twins {
            twins.round(order.effort, samples, &mut |number, what| {
                tell(ids.len() + number, what);
            })?;
        }
    }
    Ok(())
}

/// Runs one case once.
fn once(
    executable: &Path,
    id: &str,
    effort: Effort,
    figure: Figure,
    samples: &mut Samples,
) -> Result<()> {
    let seconds = match effort {
        Effort::Quick => "0.5",
        Effort::Full => "1",
    };
    let home = tempfile::tempdir().context("cannot make a temporary folder")?;
    let output = Command::new(executable)
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
        figure.add(&measured, samples);
    }
    for (case, metric, value, unit) in criterion::also(&output.stdout) {
        samples.add(&case, &metric, &unit, [value]);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_rate_or_a_time() {
        let measured = criterion::Samples {
            id: "mapping/queues/send".into(),
            amount: 100.0,
            seconds: vec![2e-6],
        };
        let mut samples = Samples::default();
        Figure::Time.add(&measured, &mut samples);
        Figure::Rate("ops_per_s", "ops/s").add(&measured, &mut samples);
        assert_eq!(samples.of("mapping/queues/send", "ns"), [20.0]);
        assert_eq!(samples.of("mapping/queues/send", "ops_per_s"), [5e7]);
    }
}
