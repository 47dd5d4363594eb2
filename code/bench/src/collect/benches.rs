//! Measuring by criterion: a bench is built once, and run for each round and case.

mod executable;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::go::{Benchmark, Twins};
use super::order::{Effort, Order, Progress};
use super::samples::Samples;
use crate::criterion;

/// Of each round criterion takes ten samples.
const ROUNDS: usize = 3;

/// As many as of whole programs: of a case whose runs take longer than [`PATIENCE_S`], a round takes one.
const ROUNDS_SLOW: usize = 9;

/// Beyond this a bench may run a case once instead of letting criterion run it ten times.
const PATIENCE_S: f64 = 0.1;

/// How often criterion draws from its samples what it says of them: nobody reads it, and the least that it takes without
/// a warning is a hundredth of its default.
const RESAMPLES: &str = "1001";

/// How long a case is usually measured in a round.
pub(super) const SECONDS: f64 = 0.5;

/// The same of cases of which there are many, each a short operation in a loop: a sample is the mean of many even so.
pub(super) const SECONDS_OF_MANY: f64 = 0.2;

/// What is said of a case.
#[derive(Clone, Copy, Debug)]
pub(super) enum Figure {
    /// How many elements or bytes a second, as this metric with this unit.
    Rate(&'static str, &'static str),
    /// How many nanoseconds for one of them, as the metric `ns`.
    Time,
}

impl Figure {
    fn metric(self) -> &'static str {
        match self {
            Figure::Rate(metric, _) => metric,
            Figure::Time => "ns",
        }
    }

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

/// What is run at one time.
enum Turn<'a> {
    /// By criterion.
    Rust(&'a str),
    /// By testing.B.
    Go(&'a Benchmark),
}

impl Turn<'_> {
    /// The name of the case.
    fn case(&self) -> &str {
        match self {
            Turn::Rust(id) => id,
            Turn::Go(benchmark) => benchmark.case(),
        }
    }

    /// The second part of the name: `tasks-are-nodes` of `go/tasks-are-nodes/start`.
    fn program(&self) -> &str {
        self.case().split('/').nth(1).unwrap_or_default()
    }
}

/// The turns of a round: cases in the order in which the bench lists them, and behind the last case of a program
/// the benchmarks of its twin, because these are what it is compared with.
fn turns<'a>(ids: &'a [String], benchmarks: &'a [Benchmark]) -> Vec<Turn<'a>> {
    let mut turns: Vec<Turn> = ids.iter().map(|id| Turn::Rust(id)).collect();
    for benchmark in benchmarks {
        let turn = Turn::Go(benchmark);
        let last = (turns.iter()).rposition(|other| other.program() == turn.program());
        turns.insert(last.map_or(turns.len(), |last| last + 1), turn);
    }
    turns
}

/// Runs the cases of a bench in rounds, each for so many seconds, and in each round also those of the twins, if there
/// are some.
pub(super) fn measure(
    root: &Path,
    order: &Order,
    figure: Figure,
    twins: Option<&Twins>,
    seconds: f64,
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let bench = order.suite;
    say(&Progress {
        done: 0,
        total: 0,
        what: format!("building the bench {bench}"),
    });
    let executable = executable::build(root, bench)?;
    let mut ids = executable::list(&executable)?;
    ids.retain(|id| order.has(id));
    let turns = turns(&ids, twins.map_or(&[], Twins::benchmarks));
    ensure!(!turns.is_empty(), "no case of {bench} is called so");
    let (rounds, seconds) = match order.effort {
        Effort::Quick => (1, seconds / 2.0),
        Effort::Full => (ROUNDS, seconds),
    };
    let rounds_slow = match order.effort {
        Effort::Quick => 1,
        Effort::Full => ROUNDS_SLOW,
    };
    let logs = tempfile::tempdir().context("cannot make a temporary folder")?;
    let mut pace = BTreeMap::new();
    for round in 0..rounds_slow {
        for (number, turn) in turns.iter().enumerate() {
            let known = pace.get(&number).copied();
            if round >= rounds && known != Some(Took::OneSample) {
                continue;
            }
            say(&Progress {
                done: (round * turns.len() + number).min(rounds * turns.len()),
                total: rounds * turns.len(),
                what: format!("{}, round {}", turn.case(), round + 1),
            });
            match turn {
                Turn::Rust(id) => {
                    let took = once(
                        &executable,
                        id,
                        known,
                        seconds,
                        logs.path(),
                        figure,
                        samples,
                    )?;
                    pace.entry(number).or_insert(took);
                }
                Turn::Go(benchmark) => benchmark.measure(order.effort, samples)?,
            }
        }
    }
    Ok(())
}

/// How many samples a round has taken of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Took {
    /// Criterion has.
    Several,
    /// The bench has run it, once.
    OneSample,
}

/// Runs one case once, as it was run in the first round, in which it is not known how. Long logs stay in a folder for the
/// next.
fn once(
    executable: &Path,
    id: &str,
    known: Option<Took>,
    seconds: f64,
    logs: &Path,
    figure: Figure,
    samples: &mut Samples,
) -> Result<Took> {
    let home = tempfile::tempdir().context("cannot make a temporary folder")?;
    let output = Command::new(executable)
        .args(["--bench", "--exact", id, "--noplot", "--sample-size", "10"])
        .args(["--warm-up-time", "0.1", "--nresamples", RESAMPLES])
        .args(["--measurement-time", &seconds.to_string()])
        .env("CRITERION_HOME", home.path())
        .env("BENCH_LOGS", logs)
        .env("BENCH_CASE", id)
        .env("BENCH_PATIENCE_S", patience_s(known).to_string())
        .output()
        .with_context(|| format!("cannot run {}", executable.display()))?;
    ensure!(
        output.status.success(),
        "{id} failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let took = said(&output.stdout, id, figure, samples);
    if took == Took::Several {
        for measured in criterion::read(home.path())? {
            figure.add(&measured, samples);
        }
    }
    Ok(took)
}

/// How long a run may take to be criterion's. What is near [`PATIENCE_S`] would be run once in one round, and ten times in
/// another, so the first round decides for all.
fn patience_s(known: Option<Took>) -> f64 {
    match known {
        None => PATIENCE_S,
        Some(Took::Several) => f64::INFINITY,
        Some(Took::OneSample) => 0.0,
    }
}

/// Files what a bench says beside criterion's samples. If that is the case's own figure, there are none of criterion's.
fn said(output: &[u8], id: &str, figure: Figure, samples: &mut Samples) -> Took {
    let mut took = Took::Several;
    for (case, metric, value, unit) in criterion::also(output) {
        if case == id && metric == figure.metric() {
            took = Took::OneSample;
        }
        samples.add(&case, &metric, &unit, [value]);
    }
    took
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_has_its_turn_behind_its_program() {
        let ids = ["mapping/a/x", "mapping/a/y[n=1]", "mapping/b/x"].map(str::to_owned);
        let benchmarks = ["go/b/x", "go/a/y[n=1]", "go/a/x", "go/c/x"].map(Benchmark::of);
        let turns = turns(&ids, &benchmarks);
        let cases: Vec<&str> = turns.iter().map(Turn::case).collect();
        let expected = [
            "mapping/a/x",
            "mapping/a/y[n=1]",
            "go/a/y[n=1]",
            "go/a/x",
            "mapping/b/x",
            "go/b/x",
            "go/c/x",
        ];
        assert_eq!(cases, expected);
    }

    #[test]
    fn a_bench_has_run_a_case_itself_if_it_says_the_figure_of_that_case() {
        let figure = Figure::Rate("lines_per_s", "lines/s");
        let mut samples = Samples::default();
        let mut took = |output: &str| said(output.as_bytes(), "a/b", figure, &mut samples);
        assert_eq!(took("also a/b lines_per_s 5 lines/s\n"), Took::OneSample);
        assert_eq!(took("also a/b contended_share 1 share\n"), Took::Several);
        assert_eq!(took("also a/c lines_per_s 7 lines/s\n"), Took::Several);
        assert_eq!(took(""), Took::Several);
        assert_eq!(samples.of("a/b", "lines_per_s"), [5.0]);
        assert_eq!(samples.of("a/c", "lines_per_s"), [7.0]);
    }

    #[test]
    fn the_first_round_decides_how_a_case_is_run() {
        assert_eq!(patience_s(None), PATIENCE_S);
        assert_eq!(patience_s(Some(Took::Several)), f64::INFINITY);
        // No run takes no time.
        assert_eq!(patience_s(Some(Took::OneSample)), 0.0);
    }

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
