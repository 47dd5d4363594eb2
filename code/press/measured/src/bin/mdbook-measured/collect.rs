//! Files what criterion measures: runs the benches, reads all their samples, writes `results/<suite>@<machine>.json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use results::{Case, CaseName, Machine, Metric, Suite, criterion, load_average, said};

/// What is measured, and where it is filed.
#[derive(clap::Args)]
pub struct Args {
    /// The suite: the first part of the names of its benchmarks, and of the file.
    #[arg(long)]
    suite: String,
    /// Where criterion leaves its samples.
    #[arg(long, default_value = "target/criterion")]
    criterion: PathBuf,
    /// The folder of the result files.
    #[arg(long, default_value = "results")]
    out: PathBuf,
    /// What the machine is called; by default as its processor is.
    #[arg(long)]
    machine: Option<String>,
    /// What the benchmarks work on, in words.
    #[arg(long, default_value = "")]
    workload: String,
    /// The command that runs them: `-- cargo bench`.
    #[arg(last = true, required = true)]
    command: Vec<String>,
}

/// Measures, and gives the file.
///
/// # Errors
///
/// If the command fails, criterion has measured nothing of the suite, or the file cannot be written.
pub fn collect(args: &Args) -> Result<PathBuf> {
    let before = load_average();
    let (program, arguments) = args.command.split_first().context("no command")?;
    let status = Command::new(program).args(arguments).status();
    let status = status.with_context(|| format!("cannot run {program}"))?;
    let command = args.command.join(" ");
    ensure!(status.success(), "`{command}` ended with {status}");
    let mut machine = Machine::this();
    if let Some(name) = &args.machine {
        machine.name.clone_from(name);
    }
    let suite = Suite {
        suite: args.suite.clone(),
        rustc: said("rustc", &["--version"]),
        commit: commit(),
        date: said("date", &["-u", "+%Y-%m-%d"]),
        command,
        workload: args.workload.clone(),
        load_average: [before, load_average()],
        cases: cases(&args.criterion, &args.suite)?,
        machine,
    };
    let folder = &args.out;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = folder.join(format!("{}@{}.json", suite.suite, suite.machine.name));
    suite.write(&file)?;
    Ok(file)
}

/// The benchmarks of a suite as cases, each with the time of an iteration.
fn cases(home: &Path, suite: &str) -> Result<BTreeMap<String, Case>> {
    let prefix = format!("{suite}/");
    let mut cases = BTreeMap::new();
    for samples in criterion::read(home)? {
        if !samples.id.starts_with(&prefix) {
            continue;
        }
        let is_case = CaseName::parse(&samples.id).map_err(anyhow::Error::msg);
        is_case.with_context(|| format!("the benchmark `{}`", samples.id))?;
        let time = Metric {
            unit: "ns".to_owned(),
            samples: samples
                .seconds
                .iter()
                .map(|seconds| seconds * 1e9)
                .collect(),
        };
        let case = Case {
            // Which of a project's files a benchmark measures is not known here.
            source: String::new(),
            metrics: BTreeMap::from([("time".to_owned(), time)]),
            series: BTreeMap::new(),
            notes: BTreeMap::new(),
        };
        cases.insert(samples.id, case);
    }
    ensure!(
        !cases.is_empty(),
        "criterion measured nothing in {} whose name begins with `{prefix}`",
        home.display()
    );
    Ok(cases)
}

/// The commit of the current directory, with a `+` when there is more than the commit.
fn commit() -> String {
    let changed = !said("git", &["status", "--porcelain"]).is_empty();
    said("git", &["rev-parse", "--short=12", "HEAD"]) + if changed { "+" } else { "" }
}
