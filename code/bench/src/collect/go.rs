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

use super::order::{Effort, Order, Progress};
use super::samples::Samples;

/// Where the benchmarks are built, relative to the root. A folder that stays is cleaner than a temporary one that is
/// left behind by a run that is interrupted.
const BUILT: &str = "target/twins";

/// The built benchmarks of all twins.
pub(super) struct Twins {
    benchmarks: Vec<Benchmark>,
}

/// What is measured as one case.
#[derive(Clone, Debug)]
pub(super) struct Benchmark {
    /// The name of the twin: `channels-are-queues`.
    twin: String,
    /// The name of the case: `go/channels-are-queues/pass[capacity=1]`.
    case: String,
    /// What Go calls it: `BenchmarkPass/capacity=1`.
    name: String,
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
                    "\n*** The Go twins are NOT measured: {why}.\n*** `.ci/go target/go` installs one for this project alone.\n"
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
        benchmarks.retain(|benchmark| order.has(&benchmark.case));
        Ok(Some(Twins { benchmarks }))
    }

    /// What there is to run in a round.
    pub(super) fn benchmarks(&self) -> &[Benchmark] {
        &self.benchmarks
    }
}

/// Builds the benchmarks of one twin. Go tells the parts of a benchmark only by running it: each is run once, and
/// those whose answer is wrong are found before anything is measured.
fn of_twin(go: &Go, root: &Path, twin: &str, into: &Path) -> Result<Vec<Benchmark>> {
    let module = root.join(twins::FOLDER).join(twin);
    let executable = go.build_tests(&module, into).map_err(anyhow::Error::msg)?;
    let mut all = Benchmark {
        twin: twin.to_owned(),
        case: format!("go/{twin}"),
        name: String::new(),
        executable,
        module,
        version: go.version().to_owned(),
    };
    let reports = all.run(".", "1", "1x")?;
    let benchmark = |report: line::Report| {
        (all.case, all.name) = (report.case, report.name);
        all.clone()
    };
    Ok(reports.into_iter().map(benchmark).collect())
}

impl Benchmark {
    /// The name of its case.
    pub(super) fn case(&self) -> &str {
        &self.case
    }

    /// One that does not exist.
    #[cfg(test)]
    pub(super) fn of(case: &str) -> Benchmark {
        Benchmark {
            twin: String::new(),
            case: case.to_owned(),
            name: String::new(),
            executable: PathBuf::new(),
            module: PathBuf::new(),
            version: String::new(),
        }
    }

    /// Runs it once, and files what it reports.
    ///
    /// # Errors
    ///
    /// If it fails, or reports nothing.
    pub(super) fn measure(&self, effort: Effort, samples: &mut Samples) -> Result<()> {
        // Together about as long as criterion takes for a case; the first sample is the warm-up, and not counted.
        let (count, time) = match effort {
            Effort::Quick => ("4", "50ms"),
            Effort::Full => ("6", "50ms"),
        };
        let reports = self.run(&line::pattern(&self.name), count, time)?;
        ensure!(reports.len() > 1, "{} reports nothing", self.case);
        for report in reports.into_iter().skip(1) {
            for (metric, unit, value) in report.figures {
                samples.add(&report.case, &metric, &unit, [value]);
            }
        }
        samples.note(&self.case, "version", self.version.clone());
        Ok(())
    }

    /// Runs what matches a pattern, on as many cores as there are.
    fn run(&self, pattern: &str, count: &str, time: &str) -> Result<Vec<line::Report>> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let mut command = Command::new(&self.executable);
        command
            .current_dir(&self.module)
            .args(["-test.run", "^$", "-test.benchmem", "-test.bench", pattern])
            .args(["-test.count", count, "-test.benchtime", time])
            .args(["-test.cpu", &cores.to_string()]);
        let ended =
            twins::run(&mut command).map_err(|why| anyhow!("{} failed: {why}", self.case))?;
        ensure!(
            ended.succeeded,
            "{} failed; in {}/{} it said:\n{}{}",
            self.case,
            twins::FOLDER,
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
