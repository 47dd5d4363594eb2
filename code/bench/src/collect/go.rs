//! Measuring the Go twins by their own benchmarks, functions `BenchmarkX(b *testing.B)` in `code/go`.
//!
//! They are built once, and run for each round and benchmark. Where there is no Go, the programs in Rust are measured
//! all the same, and what was not measured is said.

mod line;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow, ensure};
use twins::Go;

use super::{Effort, Order, Progress, Samples};

/// Where the benchmarks are built, relative to the root. A folder that stays is cleaner than a temporary one that is
/// left behind by whoever loses patience.
const BUILT: &str = "target/twins";

/// The built benchmarks of all twins.
pub(super) struct Twins {
    benchmarks: Vec<Benchmark>,
}

/// One function, which may report several cases.
#[derive(Debug)]
pub(super) struct Benchmark {
    /// The name of the twin: `channels-are-queues`.
    twin: String,
    /// The name of the function.
    function: String,
    executable: PathBuf,
    /// Where it is run.
    module: PathBuf,
    /// The version of Go that built it.
    version: String,
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
                eprintln!(
                    "\n*** The Go twins are NOT measured: {why}.\n*** `just go` installs one for this project alone.\n"
                );
                return Ok(None);
            }
        };
        let built = root.join(BUILT);
        std::fs::create_dir_all(&built)
            .with_context(|| format!("cannot create {}", built.display()))?;
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
            benchmarks.extend(of_twin(&go, root, &twin, &built)?);
        }
        benchmarks.retain(|benchmark| order.has(&benchmark.name()));
        Ok(Some(Twins { benchmarks }))
    }

    /// What there is to run in a round.
    pub(super) fn benchmarks(&self) -> &[Benchmark] {
        &self.benchmarks
    }
}

/// Builds the benchmarks of one twin.
fn of_twin(go: &Go, root: &Path, twin: &str, into: &Path) -> Result<Vec<Benchmark>> {
    let module = root.join(twins::FOLDER).join(twin);
    let executable = go.build_tests(&module, into).map_err(anyhow::Error::msg)?;
    let mut list = Command::new(&executable);
    let listed = twins::run(list.args(["-test.list", "^Benchmark"]).current_dir(&module))
        .map_err(|why| anyhow!("the benchmarks of {twin} cannot be listed: {why}"))?;
    let functions = listed
        .output
        .lines()
        .filter(|line| line.starts_with("Benchmark"));
    let benchmark = |function: &str| Benchmark {
        twin: twin.to_owned(),
        function: function.to_owned(),
        executable: executable.clone(),
        module: module.clone(),
        version: go.version().to_owned(),
    };
    Ok(functions.map(benchmark).collect())
}

impl Benchmark {
    /// One that does not exist, of this twin.
    #[cfg(test)]
    pub(super) fn of(twin: &str) -> Benchmark {
        Benchmark {
            twin: twin.to_owned(),
            function: "BenchmarkStart".to_owned(),
            executable: PathBuf::new(),
            module: PathBuf::new(),
            version: String::new(),
        }
    }

    /// The name of its cases without their parameters.
    pub(super) fn name(&self) -> String {
        line::base(&self.twin, &self.function)
    }

    /// Runs it once, and files what it reports.
    ///
    /// # Errors
    ///
    /// If it fails, or reports nothing.
    pub(super) fn measure(&self, effort: Effort, samples: &mut Samples) -> Result<()> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let said = self.run(effort, cores)?;
        let reports: Vec<line::Report> = said
            .lines()
            .filter_map(|text| line::report(&self.twin, text, cores))
            .collect();
        ensure!(!reports.is_empty(), "{} reports nothing", self.name());
        for report in line::warm(reports) {
            for (metric, unit, value) in report.figures {
                samples.add(&report.case, &metric, &unit, [value]);
            }
            samples.note(&report.case, "version", self.version.clone());
        }
        Ok(())
    }

    /// Runs it on as many cores as there are, and returns its output.
    fn run(&self, effort: Effort, cores: usize) -> Result<String> {
        // About as much time as criterion takes for a case; the first sample is the warm-up, and not counted.
        let (count, time) = match effort {
            Effort::Quick => ("4", "100ms"),
            Effort::Full => ("6", "160ms"),
        };
        let mut command = Command::new(&self.executable);
        command
            .current_dir(&self.module)
            .args(["-test.run", "^$", "-test.benchmem"])
            .args(["-test.bench", &format!("^{}$", self.function)])
            .args(["-test.count", count, "-test.benchtime", time])
            .args(["-test.cpu", &cores.to_string()]);
        let ended =
            twins::run(&mut command).map_err(|why| anyhow!("{} failed: {why}", self.name()))?;
        ensure!(
            ended.succeeded,
            "{} failed ({} in {}/{}):\n{}{}",
            self.name(),
            self.function,
            twins::FOLDER,
            self.twin,
            ended.output,
            ended.errors
        );
        Ok(ended.output)
    }
}
