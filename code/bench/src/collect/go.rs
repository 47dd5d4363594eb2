//! Measuring the Go twins by their own benchmarks, functions `BenchmarkX(b *testing.B)` in `code/go`.
//!
//! They are built once, and run for each round and benchmark. Where there is no Go, the programs in Rust are measured
//! all the same, and what was not measured is said.

mod line;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use twins::Go;

use super::{Effort, Order, Progress, Samples};

/// The built benchmarks of all twins.
pub(super) struct Twins {
    go: Go,
    benchmarks: Vec<Benchmark>,
    /// Holds the executables.
    _folder: tempfile::TempDir,
}

/// One function, which may report several cases.
struct Benchmark {
    /// The name of the twin: `channels-are-queues`.
    twin: String,
    /// The name of the function.
    function: String,
    executable: PathBuf,
    /// Where it is run.
    module: PathBuf,
}

impl Twins {
    /// Builds the benchmarks that the order asks for; none if there is no Go.
    ///
    /// # Errors
    ///
    /// If a twin does not build.
    pub(super) fn new(
        root: &Path,
        order: &Order,
        say: &mut dyn FnMut(&Progress),
    ) -> Result<Option<Twins>> {
        let go = match Go::find(root) {
            Ok(go) => go,
            Err(why) => {
                eprintln!("\n*** The Go twins are NOT measured: {why}.\n");
                return Ok(None);
            }
        };
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let mut benchmarks = Vec::new();
        for twin in twins::names(root) {
            // A program that is not measured has a twin that is not, either.
            let bench = format!("code/bench/benches/mapping/{}.rs", twin.replace('-', "_"));
            if !root.join(bench).is_file() {
                continue;
            }
            say(&Progress {
                done: 0,
                total: 0,
                what: format!("building the Go twin of {twin}"),
            });
            let module = root.join(twins::FOLDER).join(&twin);
            let executable = go
                .build_tests(&module, folder.path())
                .map_err(anyhow::Error::msg)?;
            // A module without tests builds nothing.
            if !executable.is_file() {
                continue;
            }
            for function in functions(&go, &module)? {
                benchmarks.push(Benchmark {
                    twin: twin.clone(),
                    function,
                    executable: executable.clone(),
                    module: module.clone(),
                });
            }
        }
        benchmarks.retain(|benchmark| order.has(&line::base(&benchmark.twin, &benchmark.function)));
        Ok(Some(Twins {
            go,
            benchmarks,
            _folder: folder,
        }))
    }

    /// How many benchmarks a round has.
    pub(super) fn count(&self) -> usize {
        self.benchmarks.len()
    }

    /// Runs every benchmark once, and files what it reports.
    ///
    /// # Errors
    ///
    /// If one fails, or reports nothing.
    pub(super) fn round(
        &self,
        effort: Effort,
        samples: &mut Samples,
        tell: &mut dyn FnMut(usize, &str),
    ) -> Result<()> {
        for (number, benchmark) in self.benchmarks.iter().enumerate() {
            let name = line::base(&benchmark.twin, &benchmark.function);
            tell(number, &name);
            let reported = benchmark.run(effort)?;
            ensure!(!reported.is_empty(), "{name} reports nothing");
            for report in reported {
                for (metric, unit, value) in report.figures {
                    samples.add(&report.case, &metric, &unit, [value]);
                }
                samples.note(&report.case, "version", self.go.version().to_owned());
            }
        }
        Ok(())
    }
}

impl Benchmark {
    fn run(&self, effort: Effort) -> Result<Vec<line::Report>> {
        // As many samples, and about as much time, as criterion takes for a case.
        let (count, time) = match effort {
            Effort::Quick => ("3", "100ms"),
            Effort::Full => ("5", "200ms"),
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let mut command = std::process::Command::new(&self.executable);
        command
            .current_dir(&self.module)
            .args(["-test.run", "^$", "-test.benchmem"])
            .args(["-test.bench", &format!("^{}$", self.function)])
            .args(["-test.count", count, "-test.benchtime", time])
            .args(["-test.cpu", &cores.to_string()]);
        let ended = twins::run(&mut command).map_err(|why| anyhow!("{}: {why}", self.function))?;
        ensure!(
            ended.succeeded,
            "{} of {} failed:\n{}{}",
            self.function,
            self.twin,
            ended.output,
            ended.errors
        );
        let lines = ended.output.lines();
        Ok(lines
            .filter_map(|text| line::report(&self.twin, text, cores))
            .collect())
    }
}

/// The benchmarks of a module.
fn functions(go: &Go, module: &Path) -> Result<Vec<String>> {
    let mut list = go.command(module, &["test", "-list", "^Benchmark", "."]);
    let listed = twins::run(&mut list).map_err(anyhow::Error::msg)?;
    ensure!(
        listed.succeeded,
        "{} cannot be listed:\n{}",
        module.display(),
        listed.errors
    );
    let names = listed
        .output
        .lines()
        .filter(|line| line.starts_with("Benchmark"));
    Ok(names.map(str::to_owned).collect())
}
