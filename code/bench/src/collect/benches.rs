//! Measuring by criterion: a bench is built once, and run for each round and case.

mod executable;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use super::go::{Benchmark, Twins};
use super::order::{Effort, Order, Progress};
use super::samples::Samples;
use super::waiting::{self, Waiting};
use crate::{criterion, usage};

/// Of each round criterion takes ten samples.
const ROUNDS: usize = 3;

/// As many as of whole programs: of a case whose runs take longer than [`PATIENCE_S`], a round takes one.
const ROUNDS_SLOW: usize = 9;

/// Beyond this a bench may run a case once instead of letting criterion run it ten times.
const PATIENCE_S: f64 = 0.2;

/// How often criterion draws from its samples what it says of them: nobody reads it, and the least that it takes without
/// a warning is a hundredth of its default.
const RESAMPLES: &str = "1001";

/// How long a case is usually measured in a round.
pub(super) const SECONDS: f64 = 0.3;

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
    let bench = Bench {
        executable: &executable,
        seconds,
        logs: logs.path(),
    };
    let room = waiting::room();
    let (mut pace, mut waiting) = (BTreeMap::new(), BTreeMap::new());
    for round in 0..rounds_slow {
        let alone = (0..turns.len()).filter(|number| !waiting.contains_key(number));
        let mut groups: Vec<Vec<usize>> = alone.map(|number| vec![number]).collect();
        groups.extend(waiting::groups(&waiting, room));
        for mut group in groups {
            let known = |number: &usize| pace.get(number).copied();
            group.retain(|number| round < rounds || known(number) == Some(Took::OneSample));
            let Some(&first) = group.first() else {
                continue;
            };
            let names: Vec<&str> = group.iter().map(|&number| turns[number].case()).collect();
            say(&Progress {
                done: (round * turns.len() + first).min(rounds * turns.len()),
                total: rounds * turns.len(),
                what: format!("{}, round {}", names.join(" beside "), round + 1),
            });
            if let Turn::Go(benchmark) = &turns[first] {
                benchmark.measure(order.effort, samples)?;
                continue;
            }
            let asked: Vec<_> = names.into_iter().zip(group.iter().map(known)).collect();
            for (number, run) in group.iter().zip(bench.beside(&asked)) {
                let (id, run) = (turns[*number].case(), run?);
                let took = said(&run.output, id, figure, samples);
                if took == Took::Several {
                    for measured in criterion::read(run.home.path())? {
                        figure.add(&measured, samples);
                    }
                } else if round == 0 {
                    let waits = Waiting::of(run.took_s, run.cpu_s, room);
                    waiting.extend(waits.map(|waits| (*number, waits)));
                }
                pace.entry(*number).or_insert(took);
            }
        }
    }
    Ok(())
}

/// A bench that was built.
struct Bench<'a> {
    executable: &'a Path,
    /// How long criterion measures a case.
    seconds: f64,
    /// Where long logs stay for the next case.
    logs: &'a Path,
}

/// What one case was run for.
struct Run {
    /// What the bench said.
    output: Vec<u8>,
    /// What criterion left behind.
    home: TempDir,
    /// How long all of it took, with what the case needed first.
    took_s: f64,
    cpu_s: f64,
}

impl Bench<'_> {
    /// Runs cases at one time.
    fn beside<'b>(&'b self, cases: &[(&'b str, Option<Took>)]) -> Vec<Result<Run>> {
        thread::scope(|scope| {
            let start = |&(id, known): &(&'b str, _)| scope.spawn(move || self.once(id, known));
            let started: Vec<_> = cases.iter().map(start).collect();
            let ended = started.into_iter();
            ended
                .map(|run| run.join().expect("it does not panic"))
                .collect()
        })
    }

    /// Runs one case once, as it was run in the first round, in which it is not known how.
    fn once(&self, id: &str, known: Option<Took>) -> Result<Run> {
        let home = tempfile::tempdir().context("cannot make a temporary folder")?;
        let (out, err) = (home.path().join("out"), home.path().join("err"));
        let create = |path: &Path| File::create(path).context("cannot write what a bench says");
        let start = Instant::now();
        let child = Command::new(self.executable)
            .args(["--bench", "--exact", id, "--noplot", "--sample-size", "10"])
            .args(["--warm-up-time", "0.2", "--nresamples", RESAMPLES])
            .args(["--measurement-time", &self.seconds.to_string()])
            .env("CRITERION_HOME", home.path())
            .env("BENCH_LOGS", self.logs)
            .env("BENCH_CASE", id)
            .env("BENCH_PATIENCE_S", patience_s(known).to_string())
            .stdin(Stdio::null())
            .stdout(create(&out)?)
            .stderr(create(&err)?)
            .spawn()
            .with_context(|| format!("cannot run {}", self.executable.display()))?;
        let usage = usage::wait(&child)?;
        ensure!(
            usage.succeeded,
            "{id} failed:\n{}",
            String::from_utf8_lossy(&fs::read(&err).unwrap_or_default())
        );
        Ok(Run {
            output: fs::read(&out).context("cannot read what a bench says")?,
            home,
            took_s: start.elapsed().as_secs_f64(),
            cpu_s: usage.cpu_s,
        })
    }
}

/// How many samples a round has taken of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Took {
    /// Criterion has.
    Several,
    /// The bench has run it, once.
    OneSample,
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
