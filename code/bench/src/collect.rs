//! The collector: runs the suites, interleaved, and files what they measured.
//!
//! Cases are not measured one after the other but in rounds, each case once a round, so that a noisy
//! minute falls on all of them alike. The benches are built once and invoked for each round and case.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::instructions::Counter;
use crate::results::{Case, Metric, Suite};
use crate::suites::{Kind, Process, SUITES};
use crate::{criterion, derive, machine, peers, process, profile, source};

/// What takes longer than this in a round has enough samples after fewer of them, or a full run of the
/// suites would take an hour.
const SLOW: Duration = Duration::from_secs(30);
const ROUNDS_SLOW: usize = 2;

/// How thorough a measurement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// One round with short times: an order of magnitude in a minute or two.
    Quick,
    /// Several rounds: what the book prints.
    Full,
}

/// How far a measurement has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Measurements made.
    pub done: usize,
    /// Measurements to make; 0 while the benches are being built.
    pub total: usize,
    /// What is being measured now.
    pub what: String,
}

/// The names of all suites.
pub fn suites() -> impl Iterator<Item = &'static str> {
    SUITES.iter().map(|suite| suite.name)
}

/// The names of the suites that run on any machine. A profile is for those who ask for one.
pub fn usual_suites() -> impl Iterator<Item = &'static str> {
    let usual = |suite: &&crate::suites::Suite| !matches!(suite.kind, Kind::Profile(_));
    SUITES.iter().filter(usual).map(|suite| suite.name)
}

/// What is to be measured.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The suite's name.
    pub suite: &'a str,
    /// Only the cases whose name contains this; what was measured before of the others is kept.
    pub only: Option<&'a str>,
    /// How thoroughly.
    pub effort: Effort,
}

impl Order<'_> {
    pub(crate) fn has(&self, case: &str) -> bool {
        self.only.is_none_or(|only| case.contains(only))
    }

    /// The command that measures it again. Whoever reads it sees when not all cases ran together.
    fn command(&self) -> String {
        let mut command = format!("cargo run --release -- bench {}", self.suite);
        if let Some(only) = self.only {
            command += &format!(" --only {only}");
        }
        if self.effort == Effort::Quick {
            command += " --quick";
        }
        command
    }
}

/// Measures one suite, and files it in `into`.
///
/// # Errors
///
/// If there is no such suite or case, it does not build, or an answer it computes is wrong.
pub fn run(
    root: &Path,
    order: &Order,
    into: &Path,
    say: &mut dyn FnMut(&Progress),
) -> Result<PathBuf> {
    let name = order.suite;
    let Some(suite) = SUITES.iter().find(|suite| suite.name == name) else {
        bail!(
            "there is no suite {name}; there are {}",
            suites().collect::<Vec<_>>().join(", ")
        );
    };
    if let Kind::Profile(cases) = suite.kind {
        return take_profiles(root, order, &cases(), into, say);
    }
    let load_before = machine::load_average();
    let mut samples = Samples::default();
    match suite.kind {
        Kind::Criterion { metric, unit } => {
            measure_bench(root, order, (metric, unit), &mut samples, say)?;
        }
        Kind::Process(cases) => {
            measure_processes(root, order, &cases(), &mut samples, say)?;
        }
        Kind::Instructions(programs) => {
            count_instructions(root, order, programs, &mut samples, say)?;
        }
        Kind::Profile(_) => unreachable!("profiles have no samples of a metric"),
        Kind::Peers => peers::measure(root, order, &mut samples, say)?,
    }
    let machine = machine::this();
    let file = into.join(format!("{name}@{}.json", machine.name));
    std::fs::create_dir_all(into).with_context(|| format!("cannot create {}", into.display()))?;
    let mut cases = match order.only {
        Some(_) if file.exists() => Suite::read(&file)?.cases,
        _ => BTreeMap::new(),
    };
    cases.extend(samples.into_cases(root)?);
    derive::all(&mut cases);
    Suite {
        suite: name.to_owned(),
        machine,
        rustc: machine::said("rustc", &["--version"]),
        commit: commit(root),
        date: machine::said("date", &["-u", "+%Y-%m-%d"]),
        command: order.command(),
        workload: suite.workload.to_owned(),
        load_average: [load_before, machine::load_average()],
        cases,
    }
    .write(&file)?;
    Ok(file)
}

/// All samples so far, by case and metric, what is said of the cases in words, and the last round's series.
#[derive(Default)]
pub(crate) struct Samples {
    metrics: BTreeMap<String, BTreeMap<String, Metric>>,
    notes: BTreeMap<String, BTreeMap<String, String>>,
    series: BTreeMap<String, BTreeMap<String, Vec<[f64; 2]>>>,
}

impl Samples {
    pub(crate) fn add(
        &mut self,
        case: &str,
        metric: &str,
        unit: &str,
        values: impl IntoIterator<Item = f64>,
    ) {
        let metrics = self.metrics.entry(case.to_owned()).or_default();
        let metric = metrics.entry(metric.to_owned()).or_insert_with(|| Metric {
            unit: unit.to_owned(),
            samples: Vec::new(),
        });
        metric.samples.extend(values.into_iter().map(significant));
    }

    /// Says something of a case, in place of what was said under that name before.
    pub(crate) fn note(&mut self, case: &str, name: &str, text: String) {
        // A case of which there is nothing to measure is one all the same.
        self.metrics.entry(case.to_owned()).or_default();
        let notes = self.notes.entry(case.to_owned()).or_default();
        notes.insert(name.to_owned(), text);
    }

    /// What was said of a case.
    #[cfg(test)]
    pub(crate) fn noted(&self, case: &str, name: &str) -> Option<&str> {
        self.notes.get(case)?.get(name).map(String::as_str)
    }

    /// What was measured of a case.
    #[cfg(test)]
    pub(crate) fn of(&self, case: &str, metric: &str) -> &[f64] {
        let metric = self.metrics.get(case).and_then(|case| case.get(metric));
        metric.map_or(&[], |metric| &metric.samples)
    }

    pub(crate) fn into_cases(self, root: &Path) -> Result<BTreeMap<String, Case>> {
        let (mut series, mut notes) = (self.series, self.notes);
        self.metrics
            .into_iter()
            .map(|(name, metrics)| {
                let source = source::hash(root, &name)?;
                let series = series.remove(&name).unwrap_or_default();
                let notes = notes.remove(&name).unwrap_or_default();
                Ok((
                    name,
                    Case {
                        source,
                        metrics,
                        series,
                        notes,
                    },
                ))
            })
            .collect()
    }
}

/// Six digits are more than any of these measurements has, and keep the files readable.
fn significant(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

fn measure_bench(
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

fn measure_processes(
    root: &Path,
    order: &Order,
    cases: &[Process],
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    say(&Progress {
        done: 0,
        total: 0,
        what: "building the programs".into(),
    });
    let named = |case: &Process| format!("{}/{}{}", order.suite, case.program, case.parameters);
    let cases: Vec<&Process> = cases
        .iter()
        .filter(|case| order.has(&named(case)))
        .collect();
    ensure!(!cases.is_empty(), "no case of {} is called so", order.suite);
    let names: Vec<&str> = cases.iter().map(|case| case.program).collect();
    let binaries = build_programs(root, &names)?;
    let rounds = match order.effort {
        Effort::Quick => 1,
        Effort::Full => 3,
    };
    for round in 0..rounds {
        for (number, case) in cases.iter().enumerate() {
            let id = named(case);
            let what = format!("{id}, round {} of {rounds}", round + 1);
            say(&Progress {
                done: round * cases.len() + number,
                total: rounds * cases.len(),
                what,
            });
            let run = process::run(&binaries, case)?;
            for (metric, (unit, value)) in run.metrics {
                samples.add(&id, &metric, unit, [value]);
            }
            if case.series {
                samples.series.insert(id, run.series);
            }
        }
    }
    Ok(())
}

/// Counts once: what is counted does not vary as what is timed does.
fn count_instructions(
    root: &Path,
    order: &Order,
    programs: &[&str],
    samples: &mut Samples,
    say: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let counter = Counter::new()?;
    let named = |program: &str| format!("{}/{program}", order.suite);
    let mut programs = programs.to_vec();
    programs.retain(|program| order.has(&named(program)));
    ensure!(
        !programs.is_empty(),
        "no case of {} is called so",
        order.suite
    );
    let binaries = build_programs(root, &programs)?;
    for (done, program) in programs.iter().enumerate() {
        let id = named(program);
        say(&Progress {
            done,
            total: programs.len(),
            what: id.clone(),
        });
        let counted = counter.per_line(&binaries.join(program))?;
        samples.add(&id, "instructions_per_line", "instructions", [counted]);
    }
    Ok(())
}

/// Files a profile for each case: `<program>@<machine>.folded`, with its origin in the first line.
fn take_profiles(
    root: &Path,
    order: &Order,
    cases: &[Process],
    into: &Path,
    say: &mut dyn FnMut(&Progress),
) -> Result<PathBuf> {
    let cases: Vec<&Process> = cases
        .iter()
        .filter(|case| order.has(&format!("{}/{}", order.suite, case.program)))
        .collect();
    ensure!(!cases.is_empty(), "no case of {} is called so", order.suite);
    let names: Vec<&str> = cases.iter().map(|case| case.program).collect();
    let binaries = build_programs(root, &names)?;
    std::fs::create_dir_all(into).with_context(|| format!("cannot create {}", into.display()))?;
    let machine = machine::this();
    for (done, case) in cases.iter().enumerate() {
        say(&Progress {
            done,
            total: cases.len(),
            what: format!("{}/{}", order.suite, case.program),
        });
        let stacks = profile::fold(&binaries, case)?;
        let origin = format!(
            "# {}, {} cores, {}; {}; {}\n",
            machine.cpu,
            machine.cores,
            machine.os,
            machine::said("date", &["-u", "+%Y-%m-%d"]),
            profile::command(case)
        );
        let file = into.join(format!("{}@{}.folded", case.program, machine.name));
        std::fs::write(&file, origin + &stacks)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(into.to_owned())
}

/// Builds programs of the book, and says where they are.
pub(crate) fn build_programs(root: &Path, names: &[&str]) -> Result<PathBuf> {
    let mut names = names.to_vec();
    names.dedup();
    let packages = names.iter().flat_map(|name| ["--package", name]);
    let output = cargo(root)
        .args(["build", "--release", "--message-format", "json"])
        .args(packages)
        .output()
        .context("cannot run cargo")?;
    ensure!(
        output.status.success(),
        "the programs do not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| {
            Some(
                Path::new(message["executable"].as_str()?)
                    .parent()?
                    .to_owned(),
            )
        })
        .context("cargo did not say where the programs are")
}

/// The cargo that runs us, or the one on the path.
fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root);
    cargo
}

/// The commit of the measured source, with a `+` when there is more than the commit.
pub(crate) fn commit(root: &Path) -> String {
    let git = |arguments: &[&str]| {
        let root = root.to_string_lossy();
        machine::said("git", &[&["-C", &root][..], arguments].concat())
    };
    let changed = !git(&["status", "--porcelain", "--", "code", "Cargo.lock"]).is_empty();
    git(&["rev-parse", "--short=12", "HEAD"]) + if changed { "+" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_says_when_not_all_cases_ran_together() {
        let all = Order {
            suite: "evolution",
            only: None,
            effort: Effort::Full,
        };
        assert_eq!(all.command(), "cargo run --release -- bench evolution");
        let some = Order {
            only: Some("s08"),
            effort: Effort::Quick,
            ..all
        };
        assert_eq!(
            some.command(),
            "cargo run --release -- bench evolution --only s08 --quick"
        );
        assert!(some.has("evolution/s08-coalesce") && !some.has("evolution/s09-batch"));
    }
}
